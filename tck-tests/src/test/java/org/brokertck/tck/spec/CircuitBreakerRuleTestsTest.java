package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.resilience.breaker.BreakerRules;
import org.brokertck.tck.resilience.breaker.CircuitBreakerTck;

/** The rule tests of the circuit breaker. */
class CircuitBreakerRuleTestsTest extends RuleTestsGuard {
    CircuitBreakerRuleTestsTest() {
        super(Contract.BREAKER, BreakerRules.class, CircuitBreakerTck.class);
    }
}
