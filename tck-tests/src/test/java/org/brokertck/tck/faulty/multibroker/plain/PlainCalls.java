package org.brokertck.tck.faulty.multibroker.plain;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.reference.time.TimeSource;

/** What every part of the plain multi-broker stands on: its lock, its time, and calls on threads of their own. */
public abstract class PlainCalls implements MultiBroker {
    /** Whether close was called. */
    protected volatile boolean closed;

    private final Opening opening;

    /** Whose calls of the user's code run on the current thread. */
    final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /** All threads of this. */
    final ExecutorService threads;

    PlainCalls(Opening opening) {
        this.opening = opening;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "plain-" + opening.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final MultiBrokerConfig config() {
        return opening.config();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** A step under the lock. */
    protected final synchronized <T> T locked(Supplier<T> step) {
        return step.get();
    }

    /** Refuses calls after close. */
    final void requireOpen() {
        if (closed) {
            throw new ClosedException("Multi-broker '" + name() + "' is closed");
        }
    }

    /** Runs something on a thread of its own. */
    protected final void background(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // It has ended.
        }
    }

    /** Makes a call on a thread of its own, for no longer than this. */
    protected <T> T bounded(Duration limit, Callable<T> call) throws Throwable {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    outcome.complete(call.call());
                } catch (Throwable failure) {
                    outcome.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException ended) {
            throw new ClosedException("Multi-broker '" + name() + "' is closed");
        }
        TimeSource.Alarm alarm = time().schedule(
                        limit,
                        () -> outcome.completeExceptionally(new OperationTimeoutException("no answer in " + limit)));
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            alarm.cancel();
        }
    }

    /** Whether this is the interrupt of a wait here, and none that a broker tells of. */
    static boolean isOwnInterrupt(Throwable failure) {
        return failure instanceof OperationInterruptedException && failure.getCause() instanceof InterruptedException;
    }

    /** What an interrupted wait throws. */
    protected RuntimeException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted", cause);
    }
}
