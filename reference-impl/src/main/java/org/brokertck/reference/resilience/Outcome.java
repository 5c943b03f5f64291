package org.brokertck.reference.resilience;

import java.time.Duration;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;

/** What a call through a circuit breaker says of the other side. */
enum Outcome {
    /** It answered, and in time. */
    SUCCEEDED,
    /** It did not, or too late. */
    FAILED,
    /** Nothing: the caller was interrupted. */
    UNDECIDED;

    static Outcome of(@Nullable Throwable thrown, Duration taken, CircuitBreakerConfig config) {
        if (thrown instanceof InterruptedException || thrown instanceof OperationInterruptedException) {
            return UNDECIDED;
        }
        boolean slow = taken.compareTo(config.slowCall()) > 0;
        return slow || (thrown != null && isFailure(thrown, config)) ? FAILED : SUCCEEDED;
    }

    /** A predicate that throws has found nothing in the exception's favour, and must not take its place. */
    private static boolean isFailure(Throwable thrown, CircuitBreakerConfig config) {
        try {
            return config.failure().test(thrown);
        } catch (RuntimeException e) {
            thrown.addSuppressed(e);
            return true;
        }
    }
}
