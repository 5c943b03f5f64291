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
        return queue.consume(new Attempt(Objects.requireNonNull(handler, "handler"), meter.attempts()));
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

    /** One consumer's handler, which is never run by two threads at once (rule Q-4). */
    private static final class Attempt implements MessageHandler {
        private final MessageHandler handler;
        private final AttemptMeter attempts;
        private int number;

        Attempt(MessageHandler handler, AttemptMeter attempts) {
            this.handler = handler;
            this.attempts = attempts;
        }

        @Override
        public void handle(Message message) throws Exception {
            long begun = attempts.begin(number++);
            try {
                handler.handle(message);
            } catch (Throwable failure) {
                if (message.retries() < message.maxRetries()) {
                    attempts.failedForNow(begun);
                } else {
                    attempts.failedForGood(begun);
                }
                throw failure;
            }
            attempts.succeeded(begun);
        }
    }
}
