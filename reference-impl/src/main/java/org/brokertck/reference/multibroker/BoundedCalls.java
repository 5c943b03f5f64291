package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.ClosedException;
import org.brokertck.reference.time.TimeSource;

/**
 * Calls to brokers that nobody trusts to return: each runs on a thread of its own, and counts as failed when its time is up. The
 * thread is interrupted then; until it ends the call is <em>stuck</em>, which each {@link Kind} counts, so that a broker that hangs
 * can hold only so many threads.
 */
final class BoundedCalls {
    private static final Duration LEAVING = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofMillis(200);

    private final TimeSource time;
    private final ThreadPoolExecutor threads;
    /** Calls that have not come back, given up or not. */
    private final AtomicInteger underWay = new AtomicInteger();

    BoundedCalls(String name, TimeSource time) {
        this.time = time;
        AtomicInteger started = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "brokertck-" + name + "-call-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Calls of one kind to one broker. */
    final class Kind {
        private final AtomicInteger stuck = new AtomicInteger();

        /** How many calls were given up whose threads have not come back. */
        int stuck() {
            return stuck.get();
        }

        /**
         * Starts a call.
         *
         * @param what named in the failure when its time is up
         */
        <T> BoundedCall<T> start(String what, Duration timeout, Callable<T> call) {
            BoundedCall<T> bounded = new BoundedCall<>(() -> counted(call), stuck);
            try {
                threads.execute(bounded);
                TimeSource.Alarm alarm = time.schedule(timeout, () -> bounded.timeOut(what, timeout));
                bounded.whenEnded((value, failure) -> alarm.cancel());
            } catch (RejectedExecutionException ended) {
                // By the threads, or by the time when both end between the two lines above.
                bounded.giveUp(new ClosedException("Closed before " + what + " had ended"));
            }
            return bounded;
        }
    }

    private <T> T counted(Callable<T> call) throws Exception {
        underWay.incrementAndGet();
        try {
            return call.call();
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** Runs a task on a thread of its own; false when the threads have been ended. */
    boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Interrupts all threads and lets them end, without waiting for them. */
    void end() {
        threads.shutdownNow();
    }

    /**
     * Waits until the threads have ended, or for a moment of real time where one may be inside a broker that does not answer the
     * interrupt.
     *
     * @param closing how many brokers have not been closed yet
     */
    void awaitEnd(int closing) throws InterruptedException {
        Duration limit = closing + underWay.get() == 0 ? LEAVING : GRACE;
        // Those that are left hang in a broker that does not answer an interrupt.
        boolean unused = threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
