package org.brokertck.redis.worker;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Timers of one thread, which starts with the first task. */
public final class Timers {
    private Timers() {}

    /** @param threadName of its thread */
    public static ScheduledExecutorService open(String threadName) {
        return new Timer(new OneThread(threadName));
    }

    /** Drops what is scheduled, interrupts what runs, and waits a little for its thread. An interrupt ends the wait and stays set. */
    public static void stop(ScheduledExecutorService timer, Duration longest) {
        timer.shutdownNow();
        try {
            if (timer instanceof Timer ours) {
                // Termination comes a moment before the end of the thread.
                ours.thread.join(longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final OneThread thread;

        private Timer(OneThread thread) {
            super(1, thread);
            this.thread = thread;
            setRemoveOnCancelPolicy(true);
        }
    }

    private static final class OneThread implements ThreadFactory {
        private final String name;
        private volatile @Nullable Thread last;

        private OneThread(String name) {
            this.name = name;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            last = thread;
            return thread;
        }

        private void join(Duration longest) throws InterruptedException {
            Thread thread = last;
            if (thread != null) {
                thread.join(Math.max(1, longest.toMillis()));
            }
        }
    }
}
