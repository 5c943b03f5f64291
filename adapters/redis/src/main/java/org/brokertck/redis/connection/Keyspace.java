package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import redis.clients.jedis.Protocol.Command;

/** All keys of a database. Walking through them costs the server time that grows with their number, so this is for clearing up. */
public final class Keyspace {
    private static final byte[] PAGE = Bytes.of(1000);

    private Keyspace() {}

    /**
     * Deletes all keys that match.
     *
     * @param glob as the server's {@code SCAN} takes it
     * @param timeout for each of its steps
     * @throws RedisFailure when the server does not answer or refuses
     */
    public static void remove(Caller link, Duration timeout, byte[] glob) {
        byte[] cursor = Bytes.of(0);
        do {
            List<?> page = (List<?>) Objects.requireNonNull(
                    link.call(timeout, Command.SCAN, cursor, Bytes.of("MATCH"), glob, Bytes.of("COUNT"), PAGE));
            cursor = (byte[]) page.get(0);
            byte[][] found =
                    ((List<?>) page.get(1)).stream().map(key -> (byte[]) key).toArray(byte[][]::new);
            if (found.length > 0) {
                Object unused = link.call(timeout, Command.UNLINK, found);
            }
        } while (!Bytes.text(cursor).equals("0"));
    }
}
