package org.brokertck.tck.history;

import java.util.Objects;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;
import org.jspecify.annotations.Nullable;

/** A queue that does what a test tells it to. */
final class StubQueue implements MessageQueue {
    private Consumer<Message> produce = message -> {};
    private @Nullable MessageHandler handler;

    void onProduce(Consumer<Message> produce) {
        this.produce = produce;
    }

    /** Gives the message to the consumer that came last. */
    void deliver(Message message) throws Exception {
        Objects.requireNonNull(handler).handle(message);
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public void produce(Message message) {
        produce.accept(message);
    }

    @Override
    public org.brokertck.api.queue.Consumer consume(MessageHandler handler) {
        this.handler = handler;
        return () -> {};
    }

    @Override
    public DeadLetters deadLetters() {
        throw new UnsupportedOperationException("not of this stub");
    }

    @Override
    public QueueMetrics metrics() {
        return new QueueMetrics(1, 2, 3, 4, 5);
    }

    @Override
    public void close() {}
}
