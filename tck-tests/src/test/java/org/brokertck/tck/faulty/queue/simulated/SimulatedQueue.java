package org.brokertck.tck.faulty.queue.simulated;

import java.time.Duration;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/**
 * A client's queue on a simulated server: its contents live there, calls need its answer, consumers wait while there is none,
 * and the outcome of what was handed out over a lost connection is void.
 */
public class SimulatedQueue extends PlainQueue {
    private final SimulatedServer server;

    /** Opens a queue whose shelf belongs to that server. */
    public SimulatedQueue(SimulatedServer server, Opening opening) {
        super(opening);
        this.server = server;
    }

    /** The server behind it. */
    protected final SimulatedServer server() {
        return server;
    }

    @Override
    protected void requireUsable(Duration patience) {
        super.requireUsable(patience);
        server.awaitAnswer(patience);
        super.requireUsable(patience);
    }

    @Override
    protected boolean mayTake(PlainConsumer consumer) {
        return server.answers();
    }

    @Override
    protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
        locked(() -> {
            while (server.up() && !server.answers() && !ended) {
                shelf().changed.awaitUninterruptibly();
            }
            return true;
        });
        super.settle(consumer, delivery, failure);
    }
}
