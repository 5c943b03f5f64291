package org.brokertck.tck.faulty.breaker.plain;

import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.resilience.breaker.CircuitBreakerTck;

/** The plain breaker passes every rule, so that what fails on its variants is their fault. */
class PlainBreakerTest extends CircuitBreakerTck {
    private final ConformanceTarget target = PlainTarget.of("plain", PlainBreaker::new);

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
        return target.openCircuitBreaker(name, config);
    }
}
