package org.brokertck.cli;

import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A faulty queue: it takes {@code maxRetries = 0} for "not set" and grants one retry. */
record RetriesAtLeastOnce(MessageQueue queue) implements MessageQueue {
    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public void produce(Message message) {
        queue.produce(message.toBuilder()
                .maxRetries(Math.max(1, message.maxRetries()))
                .build());
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        return queue.consume(handler);
    }

    @Override
    public DeadLetters deadLetters() {
        return queue.deadLetters();
    }

    @Override
    public QueueMetrics metrics() {
        return queue.metrics();
    }

    @Override
    public void close() {
        queue.close();
    }
}
