package com.example;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;

/** One consumer: its thread takes a message, calls the handler outside the queue's lock, settles the outcome, goes on. */
final class OwnConsumer implements Consumer, Runnable {
    private static final long GRACE_MILLIS = 100;

    final Thread thread;
    /** No handler starts any more. Written under the queue's lock, as the two below are. */
    boolean closed;
    /** A handler runs. */
    boolean handling;
    /** The drain timeout ran out on the handler: it was interrupted, and nobody waits for it any more. */
    volatile boolean abandoned;

    private final OwnQueue queue;
    private final MessageHandler handler;

    OwnConsumer(OwnQueue queue, MessageHandler handler) {
        this.queue = queue;
        this.handler = handler;
        this.thread = new Thread(this, queue.name() + "-consumer");
        thread.setDaemon(true);
    }

    @Override
    public void run() {
        for (Message message = queue.take(this); message != null; message = queue.take(this)) {
            queue.settle(this, message, attempt(message));
        }
    }

    /** Null for a success. Whatever is thrown, an Error included, fails this attempt and nothing else. */
    private Throwable attempt(Message message) {
        try {
            handler.handle(message);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    @Override
    public void close() {
        queue.end(List.of(this));
    }

    /** Waits for the thread to end, but not for long where an abandoned handler keeps it. */
    void join() {
        try {
            thread.join(abandoned ? GRACE_MILLIS : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends without being waited for
        }
    }
}
