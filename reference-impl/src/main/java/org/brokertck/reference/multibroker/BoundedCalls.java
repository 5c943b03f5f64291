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
            BoundedCall<T> bounded = new BoundedCall<>(call, stuck);
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

    /** Waits until the threads have ended, or for a moment of real time where they do not answer the interrupt. */
    void awaitEnd(int stuck) throws InterruptedException {
        Duration limit = stuck == 0 ? LEAVING : GRACE;
        boolean ended = threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        assert ended || stuck >= 0; // Those that are left hang in a broker that does not answer an interrupt.
    }
}
