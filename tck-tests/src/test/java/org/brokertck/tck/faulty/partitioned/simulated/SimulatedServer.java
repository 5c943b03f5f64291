package org.brokertck.tck.faulty.partitioned.simulated;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Store;

/**
 * A server process in one object: it outlives the brokers that use it, and keeps their contents over kills. One lock guards it and
 * all its contents.
 */
public class SimulatedServer implements BrokerControl {
    /** Where clients believe it to be. */
    public static final String ADDRESS = "simulated.invalid:5672";

    /** Guards this and all contents. */
    final ReentrantLock lock = new ReentrantLock();

    /** Signalled when it answers again, when it is lost, and when a client gives back a connection or ends. */
    final Condition changed = lock.newCondition();

    private final Map<String, Store> stores = new HashMap<>();
    private boolean up = true;
    private boolean paused;
    private long connection;

    /** The contents under that name. */
    Store store(String name) {
        lock.lock();
        try {
            return stores.computeIfAbsent(name, it -> new Store(lock));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the contents under that name. */
    void remove(String name) {
        change(() -> stores.remove(name));
    }

    /** Grows with every loss of connections. Under the lock. */
    public long connection() {
        return connection;
    }

    /** Whether it answers now. Under the lock. */
    public boolean answers() {
        return up && !paused;
    }

    /**
     * Waits for an answer over a connection that is open now. Under the lock.
     *
     * @param over whether nobody waits any more, in which case there may be no answer
     */
    void awaitAnswer(Duration patience, BooleanSupplier over) {
        long left = patience.toNanos();
        long before = connection;
        try {
            while (up && paused && connection == before && !over.getAsBoolean()) {
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
            stores.values().forEach(this::crashed);
            connectionsLost();
        });
    }

    /** What a crash does to the contents on disk: nothing. Under the lock. */
    protected void crashed(Store store) {}

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
        change(this::connectionsLost);
    }

    private void connectionsLost() {
        connection++;
        stores.values().forEach(this::connectionLost);
    }

    /** What the loss of all connections does to the contents: nothing. Under the lock. */
    protected void connectionLost(Store store) {}

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
            stores.values().forEach(SimulatedServer::wakeWorkers);
        } finally {
            lock.unlock();
        }
    }

    private static void wakeWorkers(Store store) {
        store.topics
                .values()
                .forEach(topic ->
                        topic.allGroups().forEach(group -> group.slots().forEach(slot -> slot.work.signalAll())));
    }
}
