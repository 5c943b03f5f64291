package org.brokertck.tck.faulty.queue.plain;

import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.jspecify.annotations.Nullable;

/** One consumer: a thread that takes a message, has it handled, and takes the next. Its state is under the queue's lock. */
public class PlainConsumer implements Consumer {
    private final PlainQueue queue;
    private final MessageHandler handler;
    private final Thread thread;
    private boolean closing;
    private boolean busy;

    /** Started apart. */
    @SuppressWarnings("this-escape") // the thread is not started yet
    protected PlainConsumer(PlainQueue queue, MessageHandler handler) {
        this.queue = queue;
        this.handler = handler;
        this.thread = new Thread(this::run, "plain-" + queue.name() + "-consumer");
        thread.setDaemon(true);
    }

    /** Starts taking. */
    protected void start() {
        thread.start();
    }

    /** Takes and handles, until closed. */
    protected void run() {
        for (@Nullable Delivery it = queue.take(this); it != null; it = queue.take(this)) {
            queue.attempt(this, it);
        }
    }

    /** What the user gave. */
    public MessageHandler handler() {
        return handler;
    }

    /** The thread that handlers run on. */
    public Thread thread() {
        return thread;
    }

    /** Whether it is closed, or about to be. */
    public boolean closing() {
        return closing;
    }

    /** Whether its handler runs. */
    public boolean busy() {
        return busy;
    }

    /** Its handler starts or ends; a flag that the last handler left behind is no business of the next message. */
    protected void busy(boolean now) {
        busy = now;
        Thread.interrupted();
    }

    /** Interrupts its handler if one runs. */
    protected void interruptHandler() {
        if (busy) {
            thread.interrupt();
        }
    }

    /** Begins its end. */
    protected void beginClosing() {
        closing = true;
        queue.shelf().changed.signalAll();
    }

    @Override
    public void close() {
        ReentrantLock lock = queue.shelf().lock;
        boolean inTime;
        lock.lock();
        try {
            beginClosing();
            if (queue.isOwnThread(this)) {
                return;
            }
            inTime = queue.awaitIdle(() -> busy);
            if (!inTime || Thread.currentThread().isInterrupted()) {
                interruptHandler();
            }
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        queue.join(thread);
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while closing a consumer of queue '" + queue.name()
                    + "': it is closed all the same, and its handler was interrupted");
        }
    }
}
