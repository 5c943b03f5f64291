package org.brokertck.cli;

import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A queue of no use: it refuses every message. */
record TakesNothing(MessageQueue queue) implements MessageQueue {
    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public void produce(Message message) {
        throw new QueueFullException("no room today");
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
