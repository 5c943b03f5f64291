package org.brokertck.tck.faulty.queue.simulated;

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
import org.brokertck.tck.faulty.queue.plain.Shelf;

/**
 * A server process in one object: it outlives the queues that use it, keeps their contents over kills, and takes back what
 * consumers hold when their connections are cut. One lock guards it and all its contents.
 */
public class SimulatedServer implements BrokerControl {
    /** Where clients believe it to be. */
    public static final String ADDRESS = "simulated.invalid:5672";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private boolean up = true;
    private boolean paused;
    private long connection;

    /** The contents under that name. */
    Shelf shelf(String name) {
        lock.lock();
        try {
            return shelves.computeIfAbsent(name, it -> new Shelf(lock, changed));
        } finally {
            lock.unlock();
        }
    }

    /** Grows with every loss of connections. Under the lock. */
    public long connection() {
        return connection;
    }

    /** Whether it answers now. Under the lock. */
    public boolean answers() {
        return up && !paused;
    }

    /** Whether its process runs. Under the lock. */
    public boolean up() {
        return up;
    }

    /** Waits for an answer. Under the lock. */
    void awaitAnswer(Duration patience) {
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
            shelves.values().forEach(this::crashed);
            drop();
        });
    }

    /** What a crash does to the contents on disk: nothing. Under the lock. */
    protected void crashed(Shelf shelf) {}

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
        change(this::drop);
    }

    private void drop() {
        connection++;
        shelves.values().forEach(this::connectionLost);
    }

    /** Takes back what the consumers of a lost connection held. Under the lock. */
    protected void connectionLost(Shelf shelf) {
        shelf.takeBack();
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
