package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.jspecify.annotations.Nullable;

/** One call through a breaker, on a thread of its own: it stays inside until it is told how to end. */
final class ScriptedCall {
    private final CircuitBreaker breaker;
    /** An action that nobody ends is held for longer than another call waits that it may hold up. */
    private static final int HELD = 5;

    private final Duration limit;
    private final CompletableFuture<Boolean> decided = new CompletableFuture<>();
    private final CompletableFuture<CallEnding> script = new CompletableFuture<>();
    private final Object returned = new Object();
    private volatile @Nullable Throwable planned;
    private final Running<Boolean> running;
    private volatile @Nullable Object result;
    private volatile @Nullable Throwable thrown;

    /** @param limit how long anything here may take */
    ScriptedCall(CircuitBreaker breaker, Duration limit) {
        this.breaker = breaker;
        this.limit = limit;
        this.running = Bounded.startRun("call", this::make);
    }

    private void make() {
        Callable<Object> action = this::act;
        try {
            result = breaker.call(action);
        } catch (Throwable whatever) {
            thrown = whatever;
        } finally {
            decided.complete(false);
        }
    }

    private Object act() throws Exception {
        decided.complete(true);
        Optional<Throwable> ending =
                script.get(limit.toNanos() * HELD, TimeUnit.NANOSECONDS).thrown();
        if (ending.isEmpty()) {
            return returned;
        }
        planned = ending.get();
        if (ending.get() instanceof Error error) {
            throw error;
        }
        throw (Exception) ending.get();
    }

    /** Whether the breaker let the call through; known as soon as it has decided. */
    boolean letThrough() {
        try {
            return decided.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            running.await(limit);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The kit was interrupted", e);
        }
    }

    /** Tells a call that was let through how to end, and waits for that. */
    void end(CallEnding ending) {
        script.complete(ending);
        running.await(limit);
    }

    /** Waits for the end of a call that was not let through. */
    void awaitRefusal() {
        running.await(limit);
    }

    /** What came out of the breaker where something else is due: in words, or empty. */
    Optional<String> strayEnding() {
        Throwable due = planned;
        Throwable came = thrown;
        if (due == null) {
            boolean same = came == null && result == returned;
            return same
                    ? Optional.empty()
                    : Optional.of("a call that returned something came out of the breaker with "
                            + (came == null ? "something else: " + result : came));
        }
        return came == due
                ? Optional.empty()
                : Optional.of("a call that threw %s came out of the breaker with %s"
                        .formatted(due, came == null ? "the result " + result : came));
    }

    /** The refusal of a call that was not let through; empty when it ended in another way. */
    Optional<CircuitOpenException> refusal() {
        return thrown instanceof CircuitOpenException refusal ? Optional.of(refusal) : Optional.empty();
    }

    /** How a call that was not let through ended, in words. */
    String ending() {
        return thrown == null ? "the result " + result : String.valueOf(thrown);
    }
}
