package org.brokertck.tck.history;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.tck.history.Attempt.Result;

/** A consumer whose attempts, joining and leaving are recorded. */
public final class RecordedConsumer implements Consumer {
    private final String name;
    private final Recorder recorder;
    private final MessageHandler handler;
    private final long opened = System.nanoTime();
    private final AtomicLong closing = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong closed = new AtomicLong(Long.MAX_VALUE);
    private volatile long freeSince = opened;
    /** Comes with the return of consume, which a handler that closes its own consumer may have to wait for. */
    private final CompletableFuture<Consumer> consumer = new CompletableFuture<>();

    RecordedConsumer(String name, Recorder recorder, MessageHandler handler) {
        this.name = name;
        this.recorder = recorder;
        this.handler = handler;
        recorder.record(new ConsumerSpan(name, opened, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /** Its name in the history. */
    public String name() {
        return name;
    }

    void wrap(Consumer consumer) {
        this.consumer.complete(consumer);
    }

    void handle(Message message) throws Exception {
        Object key = new Object();
        long free = freeSince;
        long started = System.nanoTime();
        recorder.record(key, new Attempt(name, message, free, started, Long.MAX_VALUE, Result.RUNNING, ""));
        try {
            handler.handle(message);
            end(key, message, free, started, Result.SUCCEEDED, "");
        } catch (Throwable failure) {
            String text = failure.getMessage() == null ? "" : failure.getMessage();
            end(key, message, free, started, Result.FAILED, failure.getClass().getName() + ": " + text);
            throw failure;
        }
    }

    private void end(Object key, Message message, long free, long started, Result result, String failure) {
        long ended = System.nanoTime();
        freeSince = ended;
        recorder.record(key, new Attempt(name, message, free, started, ended, result, failure));
    }

    /** Of several calls the first that returns counts: from then on the consumer is gone. */
    @Override
    public void close() {
        closing.accumulateAndGet(System.nanoTime(), Math::min);
        consumer.join().close();
        closed.accumulateAndGet(System.nanoTime(), Math::min);
        recorder.record(new ConsumerSpan(name, opened, closing.get(), closed.get()));
    }
}
