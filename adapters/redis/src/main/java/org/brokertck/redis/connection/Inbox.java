package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * A list on the server that one thread reads in its order. What was read stays there until the reader says that it is done with it, so
 * that a lost connection loses nothing: whoever does not know how far the server heard of it reads from the beginning again.
 */
public final class Inbox {
    private static final Script TAKE = Script.of(Inbox.class, "TAKE");
    private static final byte[] MOST_ENTRIES = Bytes.of(64);
    /** After so much no further entry is read at once; a single one may be larger. */
    private static final byte[] MOST_BYTES = Bytes.of(1 << 20);

    private static final byte[] LEFT = Bytes.of("LEFT");

    private final byte[] key;

    public Inbox(byte[] key) {
        this.key = key;
    }

    /**
     * Removes what is done, and reads on.
     *
     * @param done how many entries to remove; 0 or more
     * @return the next ones, which stay there; none when it is empty
     */
    public List<byte[]> take(Caller link, Duration timeout, int done) {
        Object reply = TAKE.run(link, timeout, List.of(key), List.of(Bytes.of(done), MOST_ENTRIES, MOST_BYTES));
        return ((List<?>) Objects.requireNonNull(reply))
                .stream().map(entry -> (byte[]) entry).toList();
    }

    /** Removes as many entries from the head. */
    public void remove(Caller link, Duration timeout, int done) {
        Object unused = link.call(timeout, Command.LTRIM, key, Bytes.of(done), Bytes.of(-1));
    }

    /**
     * Waits for an entry.
     *
     * @param hold how long the server holds the request; whole seconds, at least one
     * @param timeout for its answer afterwards
     * @return the first entry, which stays there; null when none came
     */
    public byte @Nullable [] await(Link link, Duration hold, Duration timeout) {
        // From the list to itself, which changes nothing as long as one alone reads: the command that waits without
        // removing.
        return (byte[]) link.call(
                hold.plus(timeout), Command.BLMOVE, key, key, LEFT, LEFT, Bytes.of(Math.max(1, hold.toSeconds())));
    }
}
