package org.brokertck.tck.faulty.partitioned.simulated;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A client of a simulated server: topics, groups and commits live there, calls need its answer, workers wait while there is none, and
 * the outcome of what was taken over a connection that is lost is void.
 */
public class SimulatedBroker extends PlainPartitionedBroker {
    private final SimulatedServer server;
    private final Connections connections;
    private final IdentityHashMap<Worker, Long> takenOver = new IdentityHashMap<>();

    /** Opens a broker whose store belongs to that server. */
    public SimulatedBroker(SimulatedServer server, Opening opening) {
        this(server, opening, new Connections(server, opening.config().maxConnections()));
    }

    /** Opens a broker with connections of its own kind. */
    protected SimulatedBroker(SimulatedServer server, Opening opening, Connections connections) {
        super(opening);
        this.server = server;
        this.connections = connections;
    }

    /** The server behind it. */
    protected final SimulatedServer server() {
        return server;
    }

    @Override
    protected int connections() {
        return connections.open();
    }

    @Override
    protected void requireUsable(Duration patience) {
        super.requireUsable(patience);
        overAConnection(patience, () -> {
            server.awaitAnswer(patience, () -> false);
            return true;
        });
        super.requireUsable(patience);
    }

    /** Makes a call over a connection that is borrowed for it. Under the lock. */
    protected final <T> T overAConnection(Duration patience, Supplier<T> call) {
        long connection = connections.borrow(patience.toNanos());
        boolean failed = true;
        try {
            T result = call.get();
            failed = false;
            return result;
        } finally {
            connections.giveBack(connection, failed);
        }
    }

    // ---- producing

    @Override
    public Position produce(String topic, KeyedMessage message) {
        checked(message, "message");
        long connection = locked(() -> {
            requireOpen();
            return connections.borrow(config().produceTimeout().toNanos());
        });
        boolean failed = true;
        try {
            Position position = super.produce(topic, message);
            failed = false;
            return position;
        } finally {
            boolean broken = failed;
            locked(() -> {
                connections.giveBack(connection, broken);
                return true;
            });
        }
    }

    /** Only the sender sends, since it may have to wait. */
    @Override
    protected void flushRipe() {
        if (Thread.currentThread() == sender()) {
            super.flushRipe();
        } else {
            toSend.signal();
            afterFlush();
        }
    }

    @Override
    protected void send(List<Pending> batch) {
        try {
            server.awaitAnswer(config().produceTimeout(), () -> ended);
            if (ended) {
                batch.forEach(this::release);
            } else {
                super.send(batch);
            }
        } catch (BrokerException refusal) {
            batch.stream().filter(it -> !it.withdrawn).forEach(it -> fail(it, refusal));
            batch.forEach(this::release);
        }
    }

    // ---- delivery

    @Override
    protected boolean mayTake(Worker worker) {
        takenOver.put(worker, server.connection());
        return server.answers();
    }

    @Override
    protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
        locked(() -> {
            while (!server.answers() && isConnected(worker) && !ended) {
                server.changed.awaitUninterruptibly();
            }
            return true;
        });
        super.settle(worker, record, failure);
    }

    @Override
    protected boolean counts(Worker worker) {
        return super.counts(worker) && isConnected(worker);
    }

    /** Whether the connection over which it took its record is still there. */
    protected boolean isConnected(Worker worker) {
        return takenOver.getOrDefault(worker, -1L) == server.connection();
    }

    @Override
    protected void letGo(Worker worker) {
        locked(() -> takenOver.remove(worker));
        super.letGo(worker);
    }

    @Override
    protected void end() {
        super.end();
        server.changed.signalAll();
    }
}
