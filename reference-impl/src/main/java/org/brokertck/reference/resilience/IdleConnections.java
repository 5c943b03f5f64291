package org.brokertck.reference.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The connections that nobody uses, the longest idle first. The one that was used last is lent first, so that a pool that is larger
 * than it need be shrinks. Used only under the pool's lock.
 */
final class IdleConnections<C> {
    private final ArrayDeque<Idle<C>> idle = new ArrayDeque<>();
    private final long timeoutNanos;

    private record Idle<C>(C connection, long since) {}

    IdleConnections(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    void add(C connection, long now) {
        idle.addLast(new Idle<>(connection, now));
    }

    /** A place with the connection that was used last, or with none. */
    Place<C> take(long now) {
        Idle<C> last = idle.pollLast();
        return last == null ? new Place<>(null, false) : new Place<>(last.connection(), isOver(last, now));
    }

    /** Removes those that have lain here for too long. */
    List<C> takeExpired(long now) {
        List<C> expired = new ArrayList<>();
        while (!idle.isEmpty() && isOver(idle.getFirst(), now)) {
            expired.add(idle.removeFirst().connection());
        }
        return expired;
    }

    List<C> takeAll() {
        List<C> all = new ArrayList<>();
        idle.forEach(it -> all.add(it.connection()));
        idle.clear();
        return all;
    }

    /** When the next one will have lain here for too long, from now. */
    OptionalLong nextExpiry(long now) {
        return idle.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(idle.getFirst().since() + timeoutNanos - now);
    }

    int size() {
        return idle.size();
    }

    private boolean isOver(Idle<C> it, long now) {
        return now - it.since() >= timeoutNanos;
    }
}
