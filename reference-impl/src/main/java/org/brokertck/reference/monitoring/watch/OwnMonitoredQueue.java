package org.brokertck.reference.monitoring.watch;

import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A queue that tells its watch by itself what happens in it, until it is closed. */
record OwnMonitoredQueue(MessageQueue queue, BrokerWatch watch, Meter meter) implements MessageQueue {
    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public void produce(Message message) {
        queue.produce(message);
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
        try {
            queue.close();
        } finally {
            watch.remove(meter);
        }
    }
}
