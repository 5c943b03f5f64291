package org.brokertck.redis;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.SocketOpener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.Protocol.Command;

/** The server that the integration tests were given by the system property {@value #PROPERTY}. */
public record TestServer(URI uri) {
    public static final String PROPERTY = "tck.test.redis.uri";

    /** Skips the test, with a reason, when there is none. */
    public static TestServer required() {
        String uri = System.getProperty(PROPERTY);
        Assumptions.assumeTrue(uri != null, "SKIPPED: no Redis, set -D" + PROPERTY + "=redis://localhost:6379");
        return new TestServer(URI.create(String.valueOf(uri)));
    }

    public RedisBroker broker() {
        return new RedisBroker(uri);
    }

    /** Runs one command. */
    public @Nullable Object call(String command, String... arguments) {
        RedisAddress address = RedisAddress.of(uri);
        try (Link link = Link.open(address, new SocketOpener(address, Duration.ofSeconds(5)), "test")) {
            byte[][] encoded = Arrays.stream(arguments).map(Bytes::of).toArray(byte[][]::new);
            return link.call(Duration.ofSeconds(5), Command.valueOf(command), encoded);
        }
    }
}
