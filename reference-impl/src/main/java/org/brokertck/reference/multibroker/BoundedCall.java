package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.brokertck.api.OperationTimeoutException;
import org.jspecify.annotations.Nullable;

/** One call on a thread of its own, which ends with its outcome or is given up before; whichever comes first counts. */
final class BoundedCall<T> implements Runnable {
    private final Callable<T> call;
    private final AtomicInteger stuck;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable Thread runner;
    private boolean over;

    /** @param stuck counts the calls that were given up and have not come back */
    BoundedCall(Callable<T> call, AtomicInteger stuck) {
        this.call = call;
        this.stuck = stuck;
    }

    @Override
    public void run() {
        if (begin()) {
            try {
                T value = call.call();
                outcome.complete(value);
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            } finally {
                end();
            }
        }
    }

    private synchronized boolean begin() {
        over = outcome.isDone();
        runner = Thread.currentThread();
        return !over;
    }

    /** From here on no interrupt is meant for this call any more. */
    private synchronized void end() {
        over = true;
        if (runner == null) {
            stuck.decrementAndGet();
        }
        runner = null;
    }

    void timeOut(String what, Duration timeout) {
        giveUp(new OperationTimeoutException(
                "No answer within " + timeout + " to " + what + ": its outcome is unknown"));
    }

    /** Ends the call for those who wait, and interrupts its thread; does nothing when it has ended. */
    void giveUp(Throwable failure) {
        synchronized (this) {
            if (!over && !outcome.isDone() && runner != null) {
                stuck.incrementAndGet();
                runner.interrupt();
                runner = null;
            }
        }
        // Outside the lock: what depends on the outcome runs in here.
        outcome.completeExceptionally(failure);
    }

    /** Told when it has ended; by this thread when it already has. What is run must be short and not throw. */
    void whenEnded(BiConsumer<@Nullable T, @Nullable Throwable> told) {
        outcome.whenComplete(told);
    }

    /** Waits for the end, and tells when it is a failure. */
    void await(Consumer<Throwable> failed) throws InterruptedException {
        try {
            await();
        } catch (ExecutionException e) {
            failed.accept(e.getCause());
        }
    }

    /**
     * Waits for the end.
     *
     * @throws InterruptedException when the caller is interrupted; the call goes on
     * @throws ExecutionException with what the call threw, or why it was given up
     */
    T await() throws InterruptedException, ExecutionException {
        try {
            return outcome.get();
        } catch (CompletionException e) {
            throw new ExecutionException(e.getCause());
        }
    }
}
