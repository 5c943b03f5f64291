package org.brokertck.tck.targets;

import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.resilience.breaker.CircuitBreakerTck;

/** The reference passes every rule of the circuit breaker, tested as an implementer would test it. */
class InMemoryBreakerTest extends CircuitBreakerTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
        return target.openCircuitBreaker(name, config);
    }
}
