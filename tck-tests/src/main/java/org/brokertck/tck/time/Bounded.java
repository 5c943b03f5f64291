package org.brokertck.tck.time;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Calls that must return: they run on threads of the kit, so that one that hangs is noticed and told with its stack. */
public final class Bounded {
    /** The beginning of the name of every thread that the kit starts. */
    public static final String THREAD_PREFIX = "tck-";

    private static final Callers CALLERS = new Callers();

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
        private final Callers.Call<T> call;

        private Running(String what, Callable<T> call) {
            this.what = what;
            this.call = CALLERS.start(what, call);
        }

        /** Whether the call has come to something that it waits for, or has ended. */
        public boolean isAtRest() {
            return call.isDone() || (call.hasBegun() && Rest.of(call.thread()));
        }

        /** Where its thread is, in a word. */
        public String at() {
            StackTraceElement[] stack = call.thread().getStackTrace();
            return stack.length == 0 ? "its end" : stack[0].toString();
        }

        /** Interrupts the thread, unless the call has ended. */
        public void interrupt() {
            call.interrupt();
        }

        /** Whether the call has ended. */
        public boolean isDone() {
            return call.isDone();
        }

        /**
         * Waits for the call's end.
         *
         * @throws StuckException when it does not end in time; its thread is interrupted then, and the call over for the kit
         * @throws RuntimeException or Error: what the call threw, as it threw it
         */
        public T await(Duration limit) {
            return Bounded.await(what, call, call.thread(), limit);
        }
    }

    /** Starts a call. */
    public static <T> Running<T> start(String what, Callable<T> call) {
        return new Running<>(what, call);
    }

    /** Starts a call without a result. */
    public static Running<Boolean> startRun(String what, Runnable call) {
        return start(what, withResult(call));
    }

    /** Makes a call and waits for its end, as {@link Running#await} does. */
    public static <T> T call(Duration limit, String what, Callable<T> call) {
        return start(what, call).await(limit);
    }

    /** Makes a call without a result, as {@link #call} does. */
    public static void run(Duration limit, String what, Runnable call) {
        boolean unused = call(limit, what, withResult(call));
    }

    private static Callable<Boolean> withResult(Runnable call) {
        return () -> {
            call.run();
            return true;
        };
    }

    /** Waits for the end of a task that runs on that thread. */
    static <T> T await(String what, FutureTask<T> task, Thread thread, Duration limit) {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            StuckException stuck = new StuckException(what, limit, thread);
            task.cancel(true); // which interrupts this call and, when it ends just now, none that its thread makes next
            throw stuck;
        } catch (CancellationException e) {
            throw new StuckException(what + " did not return when it was waited for before");
        } catch (ExecutionException e) {
            throw asThrown(e);
        } catch (InterruptedException e) {
            task.cancel(true);
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
