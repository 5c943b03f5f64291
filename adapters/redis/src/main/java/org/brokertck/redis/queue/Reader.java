package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.function.Function;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.LinkPool;
import org.brokertck.redis.connection.RedisFailure;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * The connection of one consumer, made anew whenever it broke. One thread uses it; {@link #waiting} and {@link #cut} may come
 * from others.
 */
final class Reader {
    /**
     * How long the server holds a request when there is nothing new. What others let go wakes nobody on the server: this is
     * also the longest that it waits for a consumer that does nothing.
     */
    private static final Duration HOLD = Duration.ofSeconds(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final QueueServer server;
    private final LinkPool links;
    private final String consumer;
    private volatile @Nullable Link link;
    private volatile byte @Nullable [] waiting;
    private byte[] clientId = {};

    Reader(QueueParts parts, String consumer) {
        this.server = parts.server();
        this.links = parts.links();
        this.consumer = consumer;
    }

    /** Connects where it is not connected, and makes sure that the queue is there. */
    Link connected() {
        Link current = link;
        if (current != null && current.isUsable()) {
            return current;
        }
        Link fresh = links.open(TIMEOUT);
        link = fresh;
        clientId = idOf(fresh);
        server.open(fresh, TIMEOUT);
        return fresh;
    }

    /** The next entry that is there now. */
    @Nullable
    Entry take() {
        return server.take(connected(), TIMEOUT, consumer);
    }

    /** The next new entry, or null after a while. */
    @Nullable
    Entry await() {
        Link current = connected();
        waiting = clientId;
        try {
            return server.await(current, HOLD, TIMEOUT, consumer);
        } finally {
            waiting = null;
        }
    }

    /** Does something else over the connection. */
    <T extends @Nullable Object> T use(Function<Link, T> task) {
        return task.apply(connected());
    }

    static Duration timeout() {
        return TIMEOUT;
    }

    /** The client id to end the server's wait by, while it holds a request of this consumer. */
    byte @Nullable [] waiting() {
        return waiting;
    }

    /** Breaks the connection under the thread that uses it. */
    void cut() {
        Link current = link;
        if (current != null) {
            current.cut();
        }
    }

    private static byte[] idOf(Link link) {
        try {
            return link.call(TIMEOUT, Command.CLIENT, Bytes.of("ID")) instanceof Long id ? Bytes.of(id) : new byte[0];
        } catch (RedisFailure e) {
            if (e.kind() == RedisFailure.Kind.REFUSED) {
                // Not permitted: waits then end by themselves.
                return new byte[0];
            }
            throw e;
        }
    }
}
