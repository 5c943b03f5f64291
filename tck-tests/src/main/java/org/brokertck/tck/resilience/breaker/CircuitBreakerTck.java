package org.brokertck.tck.resilience.breaker;

import java.util.Optional;
import java.util.Set;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;

/**
 * All rules of the circuit breaker. An implementer extends this class in the tests of an own build and supplies one method; the
 * build then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class CircuitBreakerTck
        implements BreakerArgumentRules,
                BreakerConcurrencyRules,
                BreakerIsolationRules,
                BreakerScheduleRules,
                BreakerSettingRules,
                CallRules,
                OpenDurationRules,
                OpeningRules,
                PeriodRules,
                ProbingRules {
    /** For subclasses. */
    protected CircuitBreakerTck() {}

    /**
     * Opens a circuit breaker of the implementation under test.
     *
     * @param name used for one test only
     * @param config the settings of the breaker
     */
    protected abstract CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config);

    /** A target on a manual clock, where there is one. */
    protected Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(CircuitBreakerTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
            return tck.openCircuitBreaker(name, config);
        }

        @Override
        public Optional<VirtualTime> virtualTime() {
            return tck.virtualTime();
        }
    }
}
