package org.brokertck.tck.faulty.pubsub.simulated;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Line;

/** A server process in one object: it relays what is published to all instances of a name. One lock guards it and all of them. */
public class SimulatedRelay implements BrokerControl {
    /** Where clients believe it to be. */
    public static final String ADDRESS = "simulated.invalid:6379";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Line> lines = new HashMap<>();
    private boolean up = true;
    private boolean paused;
    private long connection;

    /** What the instances of that name share. */
    Line line(String name) {
        lock.lock();
        try {
            return lines.computeIfAbsent(name, it -> new Line(lock, changed));
        } finally {
            lock.unlock();
        }
    }

    /** Grows with every loss of connections. Under the lock. */
    public long connection() {
        return connection;
    }

    /** Waits for an answer. Under the lock. */
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
            throw new BrokerUnavailableException("Lost the connection to " + ADDRESS + ", nothing was sent: try again");
        }
    }

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.KILL, Fault.PAUSE, Fault.CUT);
    }

    @Override
    public void kill() {
        change(() -> {
            up = false;
            connection++;
        });
    }

    @Override
    public void start() {
        change(() -> up = true);
    }

    @Override
    public void pause() {
        change(() -> paused = true);
    }

    @Override
    public void resume() {
        change(() -> paused = false);
    }

    @Override
    public void cutConnections() {
        change(() -> connection++);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
