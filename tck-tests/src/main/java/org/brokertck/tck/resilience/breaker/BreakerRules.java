package org.brokertck.tck.resilience.breaker;

import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.resilience.CallEnding.DeclinedException;

/** What all rule tests of the circuit breaker share. */
public interface BreakerRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.BREAKER;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Opens after three failures in a row, for longer than any test takes, and lets one probe through. */
    default CircuitBreakerConfig.Builder config() {
        return CircuitBreakerConfig.builder()
                .failureThreshold(3)
                .openDuration(timeouts().recovery().multipliedBy(10))
                .probes(1)
                .failure(it -> !(it instanceof DeclinedException));
    }
}
