package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber: a thread that takes a message and runs the handler outside every lock, one after another. Its end begins once, and
 * is reached when the handler that runs then has ended or, interrupting it, when the drain timeout has run out.
 */
final class TopicSubscriber implements TopicSubscription, Runnable {
    private final TopicLine line;
    private final Consumer<Message> handler;
    private final Runnable whenGone;
    private final Duration drainTimeout;
    private final Thread thread;
    private final Condition changed;
    /** This and all below is guarded by the line's lock. */
    private final ArrayDeque<Message> waiting = new ArrayDeque<>();

    private boolean ending;
    private boolean handling;
    private boolean overdue;
    private TimeSource.@Nullable Alarm alarm;

    /**
     * @param handler never throws
     * @param whenGone run by the thread at its end
     */
    TopicSubscriber(
            TopicLine line, Consumer<Message> handler, Runnable whenGone, String threadName, Duration drainTimeout) {
        this.line = line;
        this.handler = handler;
        this.whenGone = whenGone;
        this.drainTimeout = drainTimeout;
        this.changed = line.lock().newCondition();
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    @Override
    public String topic() {
        return line.topic();
    }

    /** Under the lock. */
    int waiting() {
        return waiting.size();
    }

    /** Under the lock. */
    void add(Message message) {
        waiting.add(message);
        changed.signal();
    }

    @Override
    public void run() {
        for (Message message = next(); message != null; message = next()) {
            handler.accept(message);
        }
        whenGone.run();
    }

    /** The end of one handler and the beginning of the next, in one step; null when this is the end. */
    private @Nullable Message next() {
        line.lock().lock();
        try {
            handling = false;
            while (waiting.isEmpty() && !ending) {
                changed.awaitUninterruptibly();
            }
            if (ending) {
                reachEnd();
                return null;
            }
            boolean full = line.isFull(this);
            Message message = waiting.remove();
            handling = true;
            // A flag that the last handler left behind is no business of the next message.
            Thread.interrupted();
            if (full) {
                line.roomCame();
            }
            return message;
        } finally {
            line.lock().unlock();
        }
    }

    private void reachEnd() {
        if (alarm != null) {
            alarm.cancel();
        }
        changed.signalAll();
    }

    /** Begins the end: no further handler starts. Under the lock or not; does nothing the second time. */
    void begin() {
        line.lock().lock();
        try {
            if (ending) {
                return;
            }
            ending = true;
            waiting.clear();
            line.leave(this);
            changed.signalAll();
            if (drainTimeout.isZero()) {
                interruptHandler();
            } else if (handling) {
                alarm = line.time().schedule(drainTimeout, this::interruptHandler);
            }
        } finally {
            line.lock().unlock();
        }
    }

    /** Under the lock, so that the interrupt cannot miss the handler that it is meant for. */
    void interruptHandler() {
        line.lock().lock();
        try {
            if (handling) {
                overdue = true;
                thread.interrupt();
                changed.signalAll();
            }
        } finally {
            line.lock().unlock();
        }
    }

    /** Waits until no handler runs, or the one that does was interrupted; true when the thread is as good as gone. */
    boolean awaitEnd() throws InterruptedException {
        line.lock().lock();
        try {
            while (handling && !overdue) {
                changed.await();
            }
            return !handling;
        } finally {
            line.lock().unlock();
        }
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void close() {
        begin();
        if (!isCurrentThread()) {
            Closing.awaitAll(List.of(this), "the subscription to topic '" + line.topic() + "'");
        }
    }
}
