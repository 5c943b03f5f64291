package org.brokertck.api.resilience;

import java.util.concurrent.Callable;
import org.brokertck.api.CircuitOpenException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls away from something that fails: after some failures in a row it lets nothing through for a while, then a few probes,
 * and all calls again once these succeed (rule K-3). It starts no thread and holds nothing that would need closing. All methods
 * may be called from many threads at once (rule G-4).
 */
public interface CircuitBreaker {
    /** The name under which the breaker was opened; it stands in every refusal. */
    String name();

    /**
     * Makes the call if the breaker lets it through, on the calling thread and without a lock. What the action returns or throws
     * comes through as it is, and counts in the period in which the call was let through: when the state has changed meanwhile it
     * changes nothing any more.
     *
     * <p>A call has failed when {@link CircuitBreakerConfig#failure()} says so of what it threw, or when it took longer than {@link
     * CircuitBreakerConfig#slowCall()}. It has succeeded otherwise, also by an exception that is no failure, since the other side
     * answered then. A call that ends with {@link InterruptedException} or {@link org.brokertck.api.OperationInterruptedException}
     * says nothing of the other side: it counts as neither, and its place among the probes is free again.
     *
     * @param action what may fail
     * @return what the action returned
     * @throws NullPointerException when the action is null
     * @throws CircuitOpenException when the call is not let through; the action was not started
     * @throws Exception what the action threw, the very same
     */
    <T extends @Nullable Object> T call(Callable<T> action) throws Exception;

    /** The state that the next call meets: {@link BreakerState#HALF_OPEN} from the end of the open duration on. */
    BreakerState state();

    /** The counters now, all of one moment. */
    BreakerMetrics metrics();
}
