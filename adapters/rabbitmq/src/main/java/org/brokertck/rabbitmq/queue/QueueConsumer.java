package org.brokertck.rabbitmq.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.consuming.ConsumerLoop;
import org.brokertck.rabbitmq.consuming.ConsumerSession;
import org.brokertck.rabbitmq.consuming.Delivery;
import org.brokertck.rabbitmq.consuming.Handling;
import org.jspecify.annotations.Nullable;

/** A consumer: a message whose handler failed is handed on to its retry, or to the dead letters. */
final class QueueConsumer implements Consumer {
    /** How long a consumer may take to end once nothing in its handler holds it up. */
    static final Duration GRACE = ConsumerLoop.GRACE;

    private final QueueParts parts;
    private final MessageHandler handler;
    private final ConsumerLoop loop;

    QueueConsumer(QueueParts parts, MessageHandler handler) {
        this.parts = parts;
        this.handler = handler;
        this.loop = new ConsumerLoop(
                "a consumer of '" + parts.topology().name() + "'",
                parts.consuming(),
                parts.threads(),
                new QueueSource(parts.topology()),
                parts.ledger().acknowledgements(),
                this::begin,
                () -> parts.consumers().remove(this));
    }

    /** Starts; the future is done when the server knows the consumer, or the consumer has ended before. */
    CompletableFuture<Void> start() {
        parts.retries().start();
        return loop.start();
    }

    /** Begins the end, without waiting: no handler starts any more. */
    void stop() {
        loop.stop();
    }

    /** Ends what {@link #stop} left running: the handler is interrupted and its message stays unsettled. */
    void abandon() {
        loop.abandon();
    }

    /** Waits for the consumer's end, and says whether it came in time. */
    boolean join(Deadline deadline) throws InterruptedException {
        return loop.join(deadline);
    }

    boolean runsOn(Thread other) {
        return loop.runsOn(other);
    }

    @Override
    public void close() {
        loop.close(parts.config().drainTimeout());
    }

    private Handling.Task begin(Delivery delivery) {
        parts.ledger().delivered(delivery.properties());
        Message message = MessageCodec.decode(delivery.properties(), delivery.body());
        return new Handling.Task() {
            @Override
            public void run() throws Throwable {
                parts.counters().handlerStarts();
                try {
                    handler.handle(message);
                } finally {
                    parts.counters().handlerEnded();
                }
            }

            @Override
            public void settle(ConsumerSession session, @Nullable Throwable failure)
                    throws IOException, InterruptedException {
                QueueConsumer.this.settle(session, delivery, message, failure);
            }
        };
    }

    private void settle(ConsumerSession session, Delivery delivery, Message message, @Nullable Throwable failure)
            throws IOException, InterruptedException {
        if (failure == null) {
            session.acknowledge(delivery);
            parts.counters().consumed();
            return;
        }
        parts.counters().failed();
        if (parts.failures().handOn(message, failure)) {
            session.acknowledge(delivery);
        } else {
            // Closing the session returns the original to its place.
            throw new IOException("the outcome of handing on a failed message is unknown");
        }
    }
}
