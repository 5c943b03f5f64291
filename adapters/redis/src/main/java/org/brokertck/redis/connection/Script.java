package org.brokertck.redis.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * A Lua script, in a resource that says what it is for. It runs by its hash; a server that does not know it, after a start for
 * instance, is given the text again.
 */
public final class Script {
    private final String source;
    private final String hash;

    private Script(String source) {
        this.source = source;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(Bytes.of(source));
            hash = HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    /**
     * The script of this name, from the resources of its user's package.
     *
     * @param name of a constant, such as {@code PRODUCE} for {@code produce.lua}
     */
    public static Script of(Class<?> user, String name) {
        return new Script(read(user, name.toLowerCase(Locale.ROOT) + ".lua"));
    }

    /** Runs the script. */
    @Nullable
    public Object run(Caller link, Duration timeout, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return link.call(timeout, Command.EVALSHA, line(hash, keys, arguments));
        } catch (RedisFailure e) {
            if (!e.isRefusal("NOSCRIPT")) {
                throw e;
            }
            return link.call(timeout, Command.EVAL, line(source, keys, arguments));
        }
    }

    /** Runs the script without waiting for its end; the answer is as {@link Wire#submit} gives it. */
    public CompletableFuture<@Nullable Object> submit(Wire wire, List<byte[]> keys, List<byte[]> arguments) {
        return wire.submit(Command.EVALSHA, line(hash, keys, arguments))
                .exceptionallyCompose(
                        failure -> failure instanceof RedisFailure refusal && refusal.isRefusal("NOSCRIPT")
                                ? wire.submit(Command.EVAL, line(source, keys, arguments))
                                : CompletableFuture.failedFuture(failure));
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

    private static String read(Class<?> user, String resource) {
        try (InputStream stream = user.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the jar");
            }
            return Bytes.text(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
