package org.brokertck.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * The Lua scripts, each in a resource of its name that says what it is for. They run by their hash; a server that does not
 * know it, after a start for instance, is given the text again.
 */
enum Script {
    OPEN,
    PRODUCE,
    RESOLVE,
    TAKE,
    ACK,
    RETRY,
    DUE,
    SETASIDE,
    REDRIVE,
    PURGE,
    SWEEP,
    RETIRE,
    LEAVE;

    private final String source;
    private final String hash;

    Script() {
        source = read("/org/brokertck/redis/" + name().toLowerCase(Locale.ROOT) + ".lua");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(Bytes.of(source));
            hash = HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    /** Runs the script. */
    @Nullable
    Object run(Link link, Duration timeout, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return link.call(timeout, Command.EVALSHA, line(hash, keys, arguments));
        } catch (RedisFailure e) {
            if (!e.isRefusal("NOSCRIPT")) {
                throw e;
            }
            return link.call(timeout, Command.EVAL, line(source, keys, arguments));
        }
    }

    private static byte[][] line(String script, List<byte[]> keys, List<byte[]> arguments) {
        byte[][] line = new byte[2 + keys.size() + arguments.size()][];
        line[0] = Bytes.of(script);
        line[1] = Bytes.of(keys.size());
        int next = 2;
        for (byte[] key : keys) {
            line[next++] = key;
        }
        for (byte[] argument : arguments) {
            line[next++] = argument;
        }
        return line;
    }

    private static String read(String resource) {
        try (InputStream stream = Script.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the jar");
            }
            return Bytes.text(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
