package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.function.BiFunction;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import redis.clients.jedis.Protocol.Command;

/**
 * Short calls on the caller's thread. An interrupt that came before the call is kept for after it; one that comes meanwhile
 * ends it.
 */
final class Calls {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 3;

    private final QueueParts parts;

    Calls(QueueParts parts) {
        this.parts = parts;
    }

    /** A call that changes nothing, or the same when repeated: it is repeated on a new connection when one broke. */
    <T> T repeatable(String asked, BiFunction<Link, Duration, T> task) {
        return masked(asked, deadline -> {
            for (int left = TRIES - 1; ; left--) {
                parts.lifecycle().requireOpen();
                try {
                    return parts.links().with(deadline, link -> task.apply(link, deadline.left()));
                } catch (RedisFailure e) {
                    boolean passing = e.kind() != Kind.REFUSED || e.isPassing();
                    if (Thread.currentThread().isInterrupted() || left == 0 || !passing || deadline.passed()) {
                        throw Thread.interrupted()
                                ? parts.failures().interrupted(asked, "nothing was done")
                                : parts.failures().unavailable(e, asked);
                    }
                    boolean unused = parts.lifecycle().pause(PAUSE);
                }
            }
        });
    }

    /** A call that must not be repeated: the connection is tried first, and a lost reply leaves its outcome unknown. */
    <T> T once(String asked, BiFunction<Link, Duration, T> task) {
        Boolean unused = repeatable(asked, (link, time) -> link.call(time, Command.PING) != null);
        return masked(asked, deadline -> {
            try {
                return parts.links().with(deadline, link -> task.apply(link, deadline.left()));
            } catch (RedisFailure e) {
                throw parts.failures().of(e, asked);
            }
        });
    }

    private <T> T masked(String asked, Task<T> task) {
        boolean interrupted = Thread.interrupted();
        Duration configured = parts.config().produceTimeout();
        boolean enough = configured.compareTo(Producer.LEAST_FOR_SERVER) > 0;
        try {
            return task.run(Deadline.in(enough ? configured : Producer.LEAST_FOR_SERVER));
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing was done");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What may wait. */
    private interface Task<T> {
        T run(Deadline deadline) throws InterruptedException;
    }
}
