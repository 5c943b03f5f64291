package org.brokertck.tck.faulty.breaker.plain;

import java.util.Optional;
import java.util.function.Function;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain breakers, or variants of them, on the system's time and on a clock. */
public record PlainTarget(String name, @Nullable TimeSource time, Function<Opening, CircuitBreaker> breakers)
        implements ConformanceTarget {
    /**
     * All that a breaker is opened with.
     *
     * @param name its name
     * @param config its settings
     * @param time its time
     */
    public record Opening(String name, CircuitBreakerConfig config, TimeSource time) {}

    /** A target on either time. */
    public static PlainTarget of(String name, Function<Opening, CircuitBreaker> breakers) {
        return new PlainTarget(name, null, breakers);
    }

    @Override
    public CircuitBreaker openCircuitBreaker(String breaker, CircuitBreakerConfig config) {
        return breakers.apply(new Opening(breaker, config, time == null ? new SystemTimeSource("plain-unused") : time));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, clock, breakers), clock));
    }
}
