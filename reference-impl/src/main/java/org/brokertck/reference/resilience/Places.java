package org.brokertck.reference.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.TimeSource.Alarm;
import org.jspecify.annotations.Nullable;

/**
 * Who has which place of a pool, and who waits for one. Borrowers wait in a line; whoever frees a place or brings a connection back
 * hands it to the first in the line, so that nobody who comes later can take it. The lock is never held while the factory runs.
 */
final class Places<C> {
    private final String name;
    private final PoolConfig config;
    private final TimeSource time;
    private final Consumer<C> closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Waiter<C>> line = new ArrayDeque<>();
    private final Set<Borrowing<C>> borrowings = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdleConnections<C> idle;
    private @Nullable Alarm expiry;
    private boolean closed;
    private int taken;
    private long opened;
    private long closedConnections;
    private long timeouts;

    /** A borrower in the line. */
    private static final class Waiter<C> {
        private final Condition served;
        private @Nullable Place<C> place;

        Waiter(Condition served) {
            this.served = served;
        }
    }

    /** @param closing closes a connection and throws nothing */
    Places(String name, PoolConfig config, TimeSource time, Consumer<C> closing) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.closing = closing;
        this.idle = new IdleConnections<>(config.idleTimeout());
    }

    /** A place, as soon as it is this borrower's turn. */
    Place<C> take(Duration timeout) {
        lock.lock();
        try {
            requireOpen();
            if (line.isEmpty() && hasPlace()) {
                return seat();
            }
            return timeout.isZero() ? exhausted(timeout) : await(timeout);
        } finally {
            lock.unlock();
        }
    }

    private Place<C> await(Duration timeout) {
        Waiter<C> waiter = new Waiter<>(lock.newCondition());
        line.addLast(waiter);
        long deadline = time.nanoTime() + timeout.toNanos();
        try {
            boolean inTime = true;
            while (waiter.place == null && !closed && inTime) {
                inTime = time.awaitUntil(lock, waiter.served, deadline);
            }
        } catch (InterruptedException e) {
            leave(waiter);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for a connection of pool '" + name + "': nothing was borrowed", e);
        }
        Place<C> place = waiter.place;
        if (place != null) {
            return place;
        }
        line.remove(waiter);
        requireOpen();
        return exhausted(timeout);
    }

    /** One who was served meanwhile passes the place on. */
    private void leave(Waiter<C> waiter) {
        line.remove(waiter);
        Place<C> place = waiter.place;
        if (place != null) {
            C connection = place.connection();
            if (connection != null) {
                idle.add(connection, time.nanoTime());
                watch();
            }
            taken--;
            serve();
        }
    }

    private Place<C> exhausted(Duration timeout) {
        timeouts++;
        throw new PoolExhaustedException(
                "Connection pool '%s' had no free connection within %s: %d of at most %d are in use and %d borrowers wait; give connections back sooner, or allow more of them"
                        .formatted(name, timeout, taken, config.maxSize(), line.size()));
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException(
                    "Connection pool '" + name + "' was closed: nothing is borrowed from it any more");
        }
    }

    private boolean hasPlace() {
        return idle.size() > 0 || taken < config.maxSize();
    }

    private Place<C> seat() {
        taken++;
        return idle.take(time.nanoTime());
    }

    private void serve() {
        while (!line.isEmpty() && hasPlace()) {
            Waiter<C> first = line.removeFirst();
            first.place = seat();
            first.served.signal();
        }
        if (closed && taken == 0) {
            emptied.signalAll();
        }
    }

    /** For the holder of a place whose connection was no good: another idle one, or none. */
    Place<C> another() {
        lock.lock();
        try {
            return idle.take(time.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** Lends the connection; null when the pool was closed meanwhile. */
    @Nullable
    PooledConnection<C> lend(C connection) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            Borrowing<C> borrowing = new Borrowing<>(this, connection);
            borrowings.add(borrowing);
            return borrowing;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(Borrowing<C> borrowing, C connection) {
        lock.lock();
        try {
            borrowings.remove(borrowing);
            if (!closed) {
                idle.add(connection, time.nanoTime());
                watch();
                taken--;
                serve();
                return;
            }
        } finally {
            lock.unlock();
        }
        closeOne(connection);
    }

    void discard(Borrowing<C> borrowing, C connection) {
        lock.lock();
        try {
            borrowings.remove(borrowing);
        } finally {
            lock.unlock();
        }
        closeOne(connection);
    }

    /** The place becomes free only when its connection is closed. */
    private void closeOne(C connection) {
        closing.accept(connection);
        closed();
        giveUp();
    }

    void opened() {
        lock.lock();
        try {
            opened++;
        } finally {
            lock.unlock();
        }
    }

    void closed() {
        lock.lock();
        try {
            closedConnections++;
        } finally {
            lock.unlock();
        }
    }

    /** A place without a connection becomes free. */
    void giveUp() {
        lock.lock();
        try {
            taken--;
            serve();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        if (expiry == null) {
            idle.nextExpiry(time.nanoTime())
                    .ifPresent(it -> expiry = time.schedule(Duration.ofNanos(Math.max(0, it)), this::expire));
        }
    }

    private void expire() {
        List<C> expired;
        lock.lock();
        try {
            expiry = null;
            expired = idle.takeExpired(time.nanoTime());
            taken += expired.size();
            if (!closed) {
                watch();
            }
        } finally {
            lock.unlock();
        }
        expired.forEach(this::closeOne);
    }

    /** From now on nothing is borrowed: who waits is sent away, and what is idle is closed. */
    void refuseAll() {
        List<C> left;
        lock.lock();
        try {
            closed = true;
            line.forEach(it -> it.served.signal());
            line.clear();
            if (expiry != null) {
                expiry.cancel();
            }
            left = idle.takeAll();
            taken += left.size();
        } finally {
            lock.unlock();
        }
        left.forEach(this::closeOne);
    }

    /**
     * Waits until every place is free, for no longer than the drain timeout.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    void awaitEmpty() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long deadline = time.nanoTime() + config.drainTimeout().toNanos();
            boolean inTime = true;
            while (taken > 0 && inTime) {
                inTime = time.awaitUntil(lock, emptied, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes what is still borrowed. */
    void evict() {
        List<Borrowing<C>> left;
        lock.lock();
        try {
            left = List.copyOf(borrowings);
        } finally {
            lock.unlock();
        }
        left.forEach(Borrowing::discard);
    }

    PoolMetrics metrics() {
        lock.lock();
        try {
            return new PoolMetrics(idle.size(), taken, line.size(), opened, closedConnections, timeouts);
        } finally {
            lock.unlock();
        }
    }
}
