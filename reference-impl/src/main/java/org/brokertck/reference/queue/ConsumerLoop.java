package org.brokertck.reference.queue;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;

/**
 * One consumer: a thread that takes a message, runs the handler outside every lock, settles the outcome, and takes the next
 * (rule Q-4). It takes only what it handles at once, so that it never has anything to hand back (rule Q-26).
 */
class ConsumerLoop implements Consumer, Runnable {
    private final QueueState queue;
    private final FailurePolicy policy;
    private final MessageHandler handler;
    private final Thread thread;
    private final Drain drain;
    /** Guarded by the queue's lock. */
    private boolean handling;
    /** Whether the attempt is to be timed. Of its own thread alone. */
    private boolean timed;

    ConsumerLoop(QueueState queue, FailurePolicy policy, MessageHandler handler, String name) {
        this.queue = queue;
        this.policy = policy;
        this.handler = handler;
        this.drain = queue.newDrain("consumer " + name, List.of(this), () -> {});
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    @Override
    public void run() {
        Message message = queue.take(this);
        while (message != null) {
            Outcome outcome = attempt(message);
            message = queue.settleAndTake(this, outcome);
        }
    }

    /** Whatever is thrown, Errors included, fails this attempt and nothing else (rule G-12). */
    private Outcome attempt(Message message) {
        QueueObserver observer = timed ? queue.observer() : null;
        return observer == null ? untimed(message) : timed(message, observer);
    }

    private Outcome untimed(Message message) {
        try {
            handler.handle(message);
            return Outcome.HANDLED;
        } catch (Throwable failure) {
            QueueObserver observer = queue.observer();
            if (observer != null) {
                observer.failed(isLast(message));
            }
            return policy.afterFailure(message, failure);
        }
    }

    private Outcome timed(Message message, QueueObserver observer) {
        long begun = observer.nanoTime();
        try {
            handler.handle(message);
        } catch (Throwable failure) {
            observer.failedAfter(observer.nanoTime() - begun, isLast(message));
            return policy.afterFailure(message, failure);
        }
        observer.succeededAfter(observer.nanoTime() - begun);
        return Outcome.HANDLED;
    }

    private static boolean isLast(Message message) {
        return message.retries() >= message.maxRetries();
    }

    @Override
    public void close() {
        queue.beginClosing(this);
        if (thread != Thread.currentThread()) {
            drain.awaitEnd();
        }
    }

    Thread thread() {
        return thread;
    }

    Drain drain() {
        return drain;
    }

    boolean handling() {
        return handling;
    }

    /** Under the queue's lock. A flag that the last handler left behind is no business of the next message. */
    void handlerStarts(boolean toBeTimed) {
        handling = true;
        timed = toBeTimed;
        Thread.interrupted();
    }

    /** Under the queue's lock. */
    void handlerEnded() {
        handling = false;
        drain.handlerEnded();
    }

    /** Under the queue's lock, so that the interrupt cannot miss the handler that it is meant for. */
    void interruptHandler() {
        if (handling) {
            thread.interrupt();
        }
    }
}
