package org.brokertck.reference.monitoring;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs callbacks, each rule's on a lane of its own: one after another, on a thread that lives for as long as there is something to
 * call. Whatever one throws, and however long it takes, the other lanes go on (rule O-8).
 */
final class Callbacks {
    /** So many calls of a rule may wait; more are left out, and counted. */
    private static final int MOST_WAITING = 100;

    private final String threadName;
    private final TimeSource time;
    private final Duration timeout;
    private final LongAdder failures = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    /** Guards what follows, and the lanes; not held while a callback runs. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition idle = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private boolean closed;
    private Runnable whenEnded = () -> {};

    Callbacks(String threadName, TimeSource time, Duration timeout) {
        this.threadName = threadName;
        this.time = time;
        this.timeout = timeout;
    }

    Lane newLane() {
        return new Lane();
    }

    /** Callbacks that threw or had to be interrupted. */
    long failures() {
        return failures.sum();
    }

    /** Callbacks left out, since too many of their rule were waiting. */
    long dropped() {
        return dropped.sum();
    }

    /** Whether the calling thread runs a callback. */
    boolean isCalling() {
        lock.lock();
        try {
            return threads.contains(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts no further callback.
     *
     * @param whenEnded what ends with the last one that runs, such as the alarms that interrupt it
     */
    void stop(Runnable whenEnded) {
        boolean none;
        lock.lock();
        try {
            closed = true;
            this.whenEnded = whenEnded;
            none = threads.isEmpty();
        } finally {
            lock.unlock();
        }
        if (none) {
            whenEnded.run();
        }
    }

    /**
     * Waits until those that run have ended. Each is interrupted when its time is up; one that does not even mind that is left
     * behind after twice that time.
     *
     * @throws InterruptedException when interrupted; those that run are interrupted too
     */
    void awaitEnd() throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        lock.lock();
        try {
            started.addAll(threads);
            long deadline = time.nanoTime() + 2 * timeout.toNanos();
            while (!threads.isEmpty() && time.awaitUntil(lock, idle, deadline)) {
                // The loop's condition says it all.
            }
            started.removeAll(threads);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        } finally {
            lock.unlock();
        }
        for (Thread ended : started) {
            ended.join();
        }
    }

    /** The calls of one rule. */
    final class Lane {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private boolean busy;

        private Lane() {}

        /** Has it called after those before; returns at once. */
        void submit(Runnable call) {
            lock.lock();
            try {
                if (closed || waiting.size() == MOST_WAITING) {
                    dropped.increment();
                    return;
                }
                waiting.add(call);
                if (!busy) {
                    busy = true;
                    start();
                }
            } finally {
                lock.unlock();
            }
        }

        private void start() {
            Thread thread = new Thread(this::work, threadName);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        private void work() {
            for (Runnable call = next(); call != null; call = next()) {
                make(call);
            }
        }

        private @Nullable Runnable next() {
            Runnable ending = () -> {};
            lock.lock();
            try {
                Runnable next = closed ? null : waiting.poll();
                if (next != null) {
                    return next;
                }
                busy = false;
                threads.remove(Thread.currentThread());
                idle.signalAll();
                if (closed && threads.isEmpty()) {
                    ending = whenEnded;
                }
            } finally {
                lock.unlock();
            }
            ending.run();
            return null;
        }

        private void make(Runnable call) {
            Patience patience = new Patience(Thread.currentThread());
            TimeSource.Alarm alarm = time.schedule(timeout, patience::runOut);
            boolean threw = false;
            try {
                call.run();
            } catch (Throwable failure) {
                threw = true;
            }
            alarm.cancel();
            if (patience.end() || threw) {
                failures.increment();
            }
        }
    }

    /** Interrupts a callback that takes too long, and nothing that the thread does afterwards. */
    private static final class Patience {
        private final Thread thread;
        private boolean over;
        private boolean ranOut;

        private Patience(Thread thread) {
            this.thread = thread;
        }

        private synchronized void runOut() {
            if (!over) {
                ranOut = true;
                thread.interrupt();
            }
        }

        /** The callback has ended: whether it was interrupted. A flag that it left behind is no business of the next one. */
        private synchronized boolean end() {
            over = true;
            Thread.interrupted();
            return ranOut;
        }
    }
}
