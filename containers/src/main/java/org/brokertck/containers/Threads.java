package org.brokertck.containers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.brokertck.api.OperationInterruptedException;

/** Waits that end. */
final class Threads {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long JOIN_MILLIS = 5_000;

    private Threads() {}

    /**
     * Asks again and again until the condition holds or the time is up.
     *
     * @return whether it held
     * @throws OperationInterruptedException when the thread is interrupted
     */
    static boolean poll(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new OperationInterruptedException("Interrupted while waiting for a container");
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /**
     * Runs a call that cannot be bounded otherwise on a thread of its own. When the time is up, the call is left behind.
     *
     * @throws ExecutionException when the call throws
     * @throws TimeoutException when the time is up
     * @throws OperationInterruptedException when the thread is interrupted
     */
    static <T> T call(Duration limit, Callable<T> call) throws ExecutionException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "tck-docker");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            TimeoutException told = new TimeoutException("no answer within " + limit.toSeconds() + " s");
            told.initCause(e);
            throw told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for the Docker engine", e);
        }
    }

    /** Waits for the end of a thread that was told to end, unless that is the current one. Interruption ends the wait. */
    static void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
