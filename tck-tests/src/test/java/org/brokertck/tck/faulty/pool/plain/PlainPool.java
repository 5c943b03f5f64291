package org.brokertck.tck.faulty.pool.plain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A plain pool: borrowers draw tickets and all look again whenever anything has changed. Variants take its decisions in another way. */
@SuppressWarnings("LockNotBeforeTry") // plain, so that faults fit in between
public class PlainPool implements ConnectionPool<Object> {
    protected final PoolConfig config;
    protected final ConnectionFactory<Object> factory;
    protected final TimeSource time;
    protected final ReentrantLock lock = new ReentrantLock();
    protected final Condition changed = lock.newCondition();
    protected final ArrayDeque<Object> line = new ArrayDeque<>();
    protected final ArrayDeque<Idle> idle = new ArrayDeque<>();
    protected final List<PlainLease> lent = new ArrayList<>();
    protected int taken;
    protected long opened;
    protected long closings;
    protected long timeouts;
    protected boolean closed;
    private final String name;

    /** A connection that nobody uses, and since when. */
    public record Idle(Object connection, long since) {}

    public PlainPool(PlainTarget.Opening opening) {
        this.name = opening.name();
        this.config = opening.config();
        this.factory = opening.factory();
        this.time = opening.time();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PooledConnection<Object> borrow() {
        return borrow(config.borrowTimeout());
    }

    @Override
    public PooledConnection<Object> borrow(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout is negative: " + timeout);
        }
        Idle found = take(timeout);
        boolean success = false;
        try {
            Object connection = connection(found);
            PooledConnection<Object> lease = lend(connection);
            if (lease != null) {
                success = true;
                return lease;
            }
            closeOne(connection);
            throw closedException();
        } finally {
            if (!success) {
                failed();
            }
        }
    }

    /** A borrower with a place could not be given a connection. */
    protected void failed() {
        release();
    }

    protected @Nullable Idle take(Duration timeout) {
        Object ticket = new Object();
        boolean interrupted = false;
        lock.lock();
        try {
            requireOpen();
            line.addLast(ticket);
            long deadline =
                    time.nanoTime() + (timeout.toSeconds() > 1_000_000_000 ? Duration.ofDays(3650) : timeout).toNanos();
            boolean inTime = !timeout.isZero();
            while (!closed && !(isTurn(ticket) && hasPlace()) && inTime) {
                inTime = time.awaitUntil(lock, changed, deadline);
            }
            requireOpen();
            if (!(isTurn(ticket) && hasPlace())) {
                timeouts++;
                throw exhausted(timeout);
            }
            return seat();
        } catch (InterruptedException e) {
            interrupted = true;
            throw interrupted(e);
        } finally {
            leave(ticket, interrupted);
            changed.signalAll();
            lock.unlock();
        }
    }

    protected RuntimeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted while waiting for a connection of " + name, e);
    }

    /** @param interrupted whether the wait was cut short */
    protected void leave(Object ticket, boolean interrupted) {
        line.remove(ticket);
    }

    protected @Nullable Idle seat() {
        taken++;
        return pollIdle();
    }

    protected @Nullable Idle pollIdle() {
        return idle.pollLast();
    }

    protected boolean isTurn(Object ticket) {
        return line.peekFirst() == ticket;
    }

    protected boolean hasPlace() {
        return !idle.isEmpty() || taken < config.maxSize();
    }

    protected RuntimeException exhausted(Duration timeout) {
        return new PoolExhaustedException("Pool %s had no connection within %s: %d of %d are in use, %d wait"
                .formatted(name, timeout, taken, config.maxSize(), line.size()));
    }

    protected Object connection(@Nullable Idle first) {
        Idle found = first;
        while (found != null) {
            if (isGood(found)) {
                return found.connection();
            }
            bad(found);
            lock.lock();
            found = pollIdle();
            lock.unlock();
        }
        return create();
    }

    protected void bad(Idle found) {
        closeOne(found.connection());
    }

    protected boolean isGood(Idle found) {
        if (isOver(found)) {
            return false;
        }
        try {
            return factory.isValid(found.connection());
        } catch (InterruptedException e) {
            return interruptedInValidation(found, e);
        } catch (Exception e) {
            return false;
        }
    }

    /** A borrower was interrupted while it looked whether a connection is valid. */
    protected boolean interruptedInValidation(Idle found, InterruptedException e) {
        bad(found);
        throw interrupted(e);
    }

    protected boolean isOver(Idle it) {
        return time.nanoTime() - it.since() >= config.idleTimeout().toNanos();
    }

    protected Object create() {
        Object made;
        try {
            made = factory.create();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (Exception e) {
            throw new BrokerUnavailableException("Pool " + name + " cannot open a connection", e);
        }
        lock.lock();
        opened++;
        lock.unlock();
        return made;
    }

    protected void closeOne(Object connection) {
        try {
            factory.close(connection);
        } catch (Exception e) {
            // Gone either way.
        }
        lock.lock();
        closings++;
        lock.unlock();
    }

    protected void release() {
        lock.lock();
        taken--;
        changed.signalAll();
        lock.unlock();
    }

    protected @Nullable PooledConnection<Object> lend(Object connection) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            PlainLease lease = new PlainLease(this, connection);
            lent.add(lease);
            return lease;
        } finally {
            lock.unlock();
        }
    }

    protected void giveBack(PlainLease lease) {
        lock.lock();
        try {
            lent.remove(lease);
            if (!closed) {
                putIdle(lease.connection);
                taken--;
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        closeOne(lease.connection);
        release();
    }

    protected void putIdle(Object connection) {
        idle.addLast(new Idle(connection, time.nanoTime()));
        time.schedule(config.idleTimeout(), this::expire);
    }

    protected void discard(PlainLease lease) {
        lock.lock();
        lent.remove(lease);
        lock.unlock();
        closeOne(lease.connection);
        release();
    }

    protected void expire() {
        List<Idle> over = new ArrayList<>();
        lock.lock();
        try {
            idle.stream().filter(this::isOver).forEach(over::add);
            idle.removeAll(over);
            taken += over.size();
        } finally {
            lock.unlock();
        }
        for (Idle it : over) {
            closeOne(it.connection());
            release();
        }
    }

    protected void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private ClosedException closedException() {
        return new ClosedException("Pool " + name + " is closed");
    }

    @Override
    public PoolMetrics metrics() {
        lock.lock();
        try {
            return new PoolMetrics(idle.size(), taken, line.size(), opened, closings, timeouts);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Idle> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(idle);
            idle.clear();
            taken += left.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Idle it : left) {
            closeOne(it.connection());
            release();
        }
        try {
            awaitReturn();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            evict();
            endTime();
        }
    }

    protected void endTime() {
        if (time instanceof SystemTimeSource own) {
            own.close();
        }
    }

    protected void awaitReturn() throws InterruptedException {
        lock.lock();
        try {
            long deadline = time.nanoTime() + config.drainTimeout().toNanos();
            boolean inTime = true;
            while (taken > 0 && inTime) {
                inTime = time.awaitUntil(lock, changed, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    protected void evict() {
        List<PlainLease> left;
        lock.lock();
        left = List.copyOf(lent);
        lock.unlock();
        left.forEach(PlainLease::discard);
    }
}
