package org.brokertck.tck.time;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Calls that must return: each runs on a thread of its own, so that one that hangs is noticed and told with its stack. */
public final class Bounded {
    /** The beginning of the name of every thread that the kit starts. */
    public static final String THREAD_PREFIX = "tck-";

    private Bounded() {}

    /** A call that did not return in time. */
    public static final class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String finding;

        StuckException(String what, Duration limit, Thread thread) {
            this("%s did not return within %d ms; its thread is at\n%s"
                    .formatted(what, limit.toMillis(), stack(thread)));
        }

        private StuckException(String finding) {
            super(finding);
            this.finding = finding;
        }

        /** What is stuck, since when, and where. */
        public String finding() {
            return finding;
        }

        private static String stack(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .limit(8)
                    .map(it -> "      " + it)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** A call under way. */
    public static final class Running<T> {
        private final String what;
        private final FutureTask<T> task;
        private final Thread thread;

        private Running(String what, Callable<T> call) {
            this.what = what;
            this.task = new FutureTask<>(call);
            this.thread = new Thread(task, THREAD_PREFIX + what);
            thread.setDaemon(true);
            thread.start();
        }

        /** The thread that the call runs on. */
        public Thread thread() {
            return thread;
        }

        /** Whether the call has ended. */
        public boolean isDone() {
            return task.isDone();
        }

        /**
         * Waits for the call's end.
         *
         * @throws StuckException when it does not end in time; its thread is interrupted then
         * @throws RuntimeException or Error: what the call threw, as it threw it
         */
        public T await(Duration limit) {
            return Bounded.await(what, task, thread, limit);
        }
    }

    /** Starts a call. */
    public static <T> Running<T> start(String what, Callable<T> call) {
        return new Running<>(what, call);
    }

    /** Starts a call without a result. */
    public static Running<Boolean> startRun(String what, Runnable call) {
        return new Running<>(what, () -> {
            call.run();
            return true;
        });
    }

    /** Makes a call and waits for its end, as {@link Running#await} does. */
    public static <T> T call(Duration limit, String what, Callable<T> call) {
        return start(what, call).await(limit);
    }

    /** Makes a call without a result and waits for its end, as {@link Running#await} does. */
    public static void run(Duration limit, String what, Runnable call) {
        startRun(what, call).await(limit);
    }

    /** Waits for the end of a task that runs on that thread. */
    static <T> T await(String what, FutureTask<T> task, Thread thread, Duration limit) {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            StuckException stuck = new StuckException(what, limit, thread);
            thread.interrupt();
            throw stuck;
        } catch (ExecutionException e) {
            throw asThrown(e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The kit was interrupted while it waited for " + what, e);
        }
    }

    private static RuntimeException asThrown(ExecutionException wrapper) {
        Throwable thrown = wrapper.getCause();
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(wrapper);
    }
}
