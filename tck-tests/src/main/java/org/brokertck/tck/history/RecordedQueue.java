package org.brokertck.tck.history;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;

/** A queue whose calls are recorded as a history. It adds nothing and hides nothing: what the queue throws is thrown on. */
public final class RecordedQueue {
    private final MessageQueue queue;
    private final QueueConfig config;
    private final Recorder recorder = new Recorder();
    private final AtomicInteger consumers = new AtomicInteger();

    /**
     * @param queue the queue under test
     * @param config how it was opened
     */
    public RecordedQueue(MessageQueue queue, QueueConfig config) {
        this.queue = queue;
        this.config = config;
    }

    /** The queue itself, for calls that need no record. */
    public MessageQueue unrecorded() {
        return queue;
    }

    /** Produces on behalf of a producer with this name. */
    public void produce(String producer, Message message) {
        Object key = new Object();
        long invoked = System.nanoTime();
        recorder.record(key, new ProduceCall(producer, message, invoked, Long.MAX_VALUE, Outcome.PENDING, ""));
        try {
            queue.produce(message);
            end(key, producer, message, invoked, Outcome.OK, "");
        } catch (OperationTimeoutException e) {
            end(key, producer, message, invoked, Outcome.UNKNOWN, e.toString());
            throw e;
        } catch (Throwable e) {
            end(key, producer, message, invoked, Outcome.REFUSED, e.toString());
            throw e;
        }
    }

    private void end(Object key, String producer, Message message, long invoked, Outcome outcome, String detail) {
        recorder.record(key, new ProduceCall(producer, message, invoked, System.nanoTime(), outcome, detail));
    }

    /** Starts a consumer. */
    public RecordedConsumer consume(MessageHandler handler) {
        RecordedConsumer consumer = new RecordedConsumer("consumer-" + consumers.incrementAndGet(), recorder, handler);
        consumer.wrap(queue.consume(consumer::handle));
        return consumer;
    }

    /** Reads the metrics. */
    public QueueMetrics metrics() {
        long asked = System.nanoTime();
        QueueMetrics metrics = queue.metrics();
        recorder.record(new MetricsSample(asked, System.nanoTime(), metrics));
        return metrics;
    }

    /** Closes the queue. */
    public void close() {
        recorder.closing(System.nanoTime());
        queue.close();
        recorder.closed(System.nanoTime());
    }

    /** How many attempts have begun. */
    public int attempts() {
        return recorder.attempts();
    }

    /** Whether every message whose produce returned, or that was attempted, has been settled, and no handler runs. */
    public boolean isSettled() {
        return recorder.isSettled();
    }

    /** Waits for something in the history; looks again whenever something is recorded. False when it did not come in time. */
    public boolean await(BooleanSupplier condition, Duration limit) {
        return recorder.await(condition, limit);
    }

    /** For how long nothing has happened. */
    public Duration still() {
        return recorder.still();
    }

    /** What happened so far, with these dead letters. */
    public QueueHistory history(List<DeadLetter> deadLetters) {
        return recorder.history(config, deadLetters);
    }
}
