package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.brokertck.api.BrokerException;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wire;

/** Short calls on the caller's thread. */
final class LogCalls {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final LogParts parts;

    LogCalls(LogParts parts) {
        this.parts = parts;
    }

    /** A call that changes nothing that would have to be undone: it is repeated until the time is over. */
    <T> T repeatable(String asked, BiFunction<Caller, Duration, T> task) {
        return repeated(asked, task, failure -> parts.failures().unavailable(failure, asked));
    }

    /** A call that changes the same however often it is repeated; but a lost reply leaves unknown whether it did. */
    <T> T idempotent(String asked, BiFunction<Caller, Duration, T> task) {
        return repeated(asked, task, failure -> parts.failures().of(failure, asked));
    }

    private <T> T repeated(
            String asked, BiFunction<Caller, Duration, T> task, Function<RedisFailure, BrokerException> inTheEnd) {
        Deadline deadline = Deadline.in(parts.patience());
        while (true) {
            try {
                return once(deadline, task);
            } catch (RedisFailure e) {
                boolean again = e.kind() != Kind.REFUSED || e.isPassing();
                pauseAfter(e, asked, deadline, again, inTheEnd);
            } catch (InterruptedException e) {
                throw parts.failures().interrupted(asked, "nothing was done");
            }
        }
    }

    /** A call that must not be repeated: a lost reply leaves its outcome unknown. */
    <T> T unrepeatable(String asked, BiFunction<Caller, Duration, T> task) {
        Deadline deadline = Deadline.in(parts.patience());
        while (true) {
            try {
                return once(deadline, task);
            } catch (RedisFailure e) {
                if (e.kind() == Kind.LOST && !Thread.currentThread().isInterrupted()) {
                    throw parts.failures().unknown(e, asked);
                }
                boolean again = e.kind() == Kind.NOT_SENT || e.isPassing();
                pauseAfter(
                        e, asked, deadline, again, failure -> parts.failures().unavailable(failure, asked));
            } catch (InterruptedException e) {
                throw parts.failures().interrupted(asked, "nothing was done");
            }
        }
    }

    private <T> T once(Deadline deadline, BiFunction<Caller, Duration, T> task) throws InterruptedException {
        parts.lifecycle().requireOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Wire wire = parts.wires().connected(Wires.Use.CONTROL, deadline);
        return task.apply(wire, deadline.left());
    }

    private void pauseAfter(
            RedisFailure failure,
            String asked,
            Deadline deadline,
            boolean again,
            Function<RedisFailure, BrokerException> inTheEnd) {
        if (Thread.interrupted()) {
            throw parts.failures()
                    .interrupted(
                            asked, failure.kind() == Kind.LOST ? "whether it was done is unknown" : "nothing was done");
        }
        if (!again || deadline.left().compareTo(PAUSE) <= 0) {
            parts.lifecycle().requireOpen();
            throw inTheEnd.apply(failure);
        }
        try {
            boolean unused = parts.lifecycle().pause(PAUSE);
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing was done");
        }
    }
}
