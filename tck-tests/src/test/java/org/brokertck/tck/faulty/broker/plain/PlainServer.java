package org.brokertck.tck.faulty.broker.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Fault;

/** What stands behind plain brokers: the lines of their subscribers, under one lock, and the switch of the server that they are on. */
@SuppressWarnings({"WaitNotInLoop", "AssignmentExpression"}) // the loop is in the caller
public final class PlainServer implements BrokerControl {
    /** Where clients believe it to be. */
    public static final String ADDRESS = "simulated.invalid:5672";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, List<PlainLine>> lines = new HashMap<>();
    private boolean up = true;
    private boolean paused;
    private long connection;

    /** A step under the lock, after which everyone looks again. */
    public <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            T result = step.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** The lines of all instances of that name; under the lock. */
    List<PlainLine> linesOf(String broker) {
        return lines.computeIfAbsent(broker, it -> new ArrayList<>());
    }

    /** Waits for a change, for so many nanoseconds at most; under the lock. What is left of them. */
    public long await(long nanos) throws InterruptedException {
        return changed.awaitNanos(nanos);
    }

    /** Whether it serves; under the lock. */
    boolean serves() {
        return up && !paused;
    }

    /** Grows with every loss of connections; under the lock. */
    public long connection() {
        return connection;
    }

    /** Waits for an answer; under the lock. */
    public void awaitAnswer(Duration patience) {
        long left = patience.toNanos();
        long before = connection;
        try {
            while (up && paused && connection == before) {
                if (left <= 0) {
                    throw new OperationTimeoutException("No answer from " + ADDRESS + " within " + patience);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for " + ADDRESS, e);
        }
        if (!up || connection != before) {
            throw new BrokerUnavailableException("Lost the connection to " + ADDRESS + ": try again");
        }
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void kill() {
        locked(() -> {
            connection++;
            return up = false;
        });
    }

    @Override
    public void start() {
        locked(() -> up = true);
    }

    @Override
    public void pause() {
        locked(() -> paused = true);
    }

    @Override
    public void resume() {
        locked(() -> paused = false);
    }

    @Override
    public void cutConnections() {
        locked(() -> connection++);
    }
}
