package org.brokertck.reference.monitoring.watch;

import java.util.Objects;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A message queue that tells a monitor what happens in it. */
final class MonitoredQueue implements MessageQueue {
    private final MessageQueue queue;
    private final BrokerWatch watch;
    private final QueueMeter meter;
    private final DeadLetters deadLetters;

    MonitoredQueue(MessageQueue queue, BrokerWatch watch) {
        this.queue = queue;
        this.watch = watch;
        this.meter = new QueueMeter(watch, queue.name());
        this.deadLetters = new MonitoredDeadLetters(queue.deadLetters(), meter);
        watch.add(meter);
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public void produce(Message message) {
        queue.produce(message);
        meter.produced(message.payloadSize());
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        Lane lane = meter.attempts().open();
        boolean consumes = false;
        try {
            Consumer consumer = queue.consume(new Attempt(handler, lane));
            consumes = true;
            return new MonitoredConsumer(consumer, lane);
        } finally {
            if (!consumes) {
                lane.close();
            }
        }
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
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

    /** One consumer, whose handler is never run by two threads at once (rule Q-4). */
    private record MonitoredConsumer(Consumer consumer, Lane lane) implements Consumer {
        @Override
        public void close() {
            try {
                consumer.close();
            } finally {
                lane.close();
            }
        }
    }

    private record Attempt(MessageHandler handler, Lane lane) implements MessageHandler {
        @Override
        public void handle(Message message) throws Exception {
            long begun = lane.begin();
            try {
                handler.handle(message);
            } catch (Throwable failure) {
                if (message.retries() < message.maxRetries()) {
                    lane.failedForNow(begun);
                } else {
                    lane.failedForGood(begun);
                }
                throw failure;
            }
            lane.succeeded(begun);
        }
    }
}
