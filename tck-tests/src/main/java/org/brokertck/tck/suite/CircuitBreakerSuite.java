package org.brokertck.tck.suite;

import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.breaker.CircuitBreakerTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the circuit breaker, against {@link CurrentTarget}. */
public final class CircuitBreakerSuite extends CircuitBreakerTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
        return target().openCircuitBreaker(name, config);
    }
}
