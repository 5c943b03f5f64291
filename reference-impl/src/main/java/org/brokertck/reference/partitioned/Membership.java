package org.brokertck.reference.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.partitioned.ShutdownReport;

/**
 * Who handles records of a broker, over all groups, under the one lock of all that is rare: joining, leaving, rebalancing,
 * creating topics, shutting down. No record passes here, no handler runs under the lock, and nobody waits under it but for an end.
 * The lock of a partition may be taken under it, never the other way round.
 */
final class Membership {
    private final Surroundings around;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Member> members = new ArrayList<>();
    private final Set<Assignment> live = new LinkedHashSet<>();
    private final Departure departure;
    private volatile boolean closing;
    private int joined;

    /** @param whenGone run once when no handler runs any more or those that do are left behind, under the lock; must not wait */
    Membership(Surroundings around, Runnable whenGone) {
        this.around = around;
        this.departure =
                newDeparture("broker '" + around.name() + "'", () -> live, this::threads, Assignment.Order.ABANDON);
        departure.whenGone(() -> {
            members.forEach(member -> member.departure().end());
            whenGone.run();
        });
    }

    Surroundings around() {
        return around;
    }

    Departure newDeparture(
            String what,
            Supplier<Collection<Assignment>> leaving,
            Supplier<List<Thread>> threads,
            Assignment.Order last) {
        return new Departure(what, lock, around.time(), leaving, threads, last);
    }

    private List<Thread> threads() {
        return members.stream().map(Member::thread).toList();
    }

    /** Does something under the lock. */
    void step(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /** Does something under the lock, unless the broker is shut down. */
    <T> T whileOpen(Supplier<T> step) {
        lock.lock();
        try {
            requireOpen();
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    void requireOpen() {
        if (closing) {
            throw new ClosedException("Broker '" + around.name() + "' is shut down: open a new one");
        }
    }

    /** The name of the next member's thread. Under the lock. */
    String newThreadName() {
        joined++;
        return "brokertck-" + around.name() + "-member-" + joined;
    }

    /** Under the lock. Forgets those whose threads are gone: not earlier, since a shutdown waits for every thread. */
    void joined(Member member) {
        members.removeIf(it -> it.isGone() && !it.thread().isAlive());
        members.add(member);
    }

    /** Under the lock. */
    void began(Assignment assignment) {
        live.add(assignment);
    }

    /** Under the lock. */
    void ended(Assignment assignment) {
        live.remove(assignment);
        departure.assignmentEnded();
    }

    /**
     * Begins the end of all members; does nothing the second time.
     *
     * @param first done before any member is told, under the lock
     */
    void close(Duration deadline, Runnable first) {
        step(() -> {
            if (closing) {
                return;
            }
            closing = true;
            first.run();
            members.forEach(Member::leave);
            members.forEach(member -> member.departure().begin());
            departure.beginWithin(deadline);
        });
    }

    /** Waits for the end, and tells what it cut off. */
    ShutdownReport awaitEnd() {
        departure.awaitEnd();
        return new ShutdownReport(0, departure.cutOff());
    }

    /** Whether the current thread handles records of this broker. */
    boolean includesCurrentThread() {
        lock.lock();
        try {
            return members.stream().anyMatch(member -> member.thread() == Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }
}
