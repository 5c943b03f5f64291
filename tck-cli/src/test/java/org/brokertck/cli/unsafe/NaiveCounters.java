package org.brokertck.cli.unsafe;

import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.QueueMetrics;
import org.jspecify.annotations.Nullable;

/** What a naive queue counts, and the running of handlers, which is where most of it is counted. */
final class NaiveCounters {
    private final AtomicLong produced = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();

    void countProduced() {
        produced.incrementAndGet();
    }

    void countParked() {
        parked.incrementAndGet();
    }

    /** Runs the handler; what it threw, or null when it succeeded. */
    @Nullable
    Throwable attempt(MessageHandler handler, Message message) {
        inFlight.incrementAndGet();
        try {
            handler.handle(message);
            consumed.incrementAndGet();
            return null;
        } catch (Throwable failure) {
            // A thread that goes on with the next message must not carry an interrupt over to it.
            boolean unused = Thread.interrupted();
            failed.incrementAndGet();
            return failure;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    QueueMetrics metrics() {
        return new QueueMetrics(produced.get(), consumed.get(), failed.get(), inFlight.get(), parked.get());
    }
}
