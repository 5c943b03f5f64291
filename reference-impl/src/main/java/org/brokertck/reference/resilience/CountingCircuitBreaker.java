package org.brokertck.reference.resilience;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference circuit breaker: counts failures in a row. The {@link Circuit} behind it is guarded by this object, for a few
 * instructions at the begin and at the end of a call; no thread is started, since the open state is found to be over when someone
 * looks.
 */
public final class CountingCircuitBreaker implements CircuitBreaker {
    private final String name;
    private final CircuitBreakerConfig config;
    private final TimeSource time;
    private final Circuit circuit;

    private CountingCircuitBreaker(String name, CircuitBreakerConfig config, TimeSource time) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = Objects.requireNonNull(config, "config");
        this.time = Objects.requireNonNull(time, "time");
        this.circuit = new Circuit(config);
    }

    /** A breaker on the system's time. */
    public static CircuitBreaker open(String name, CircuitBreakerConfig config) {
        return open(name, config, new SystemTimeSource(name + "-unused"));
    }

    /** A breaker on that time. */
    public static CircuitBreaker open(String name, CircuitBreakerConfig config, TimeSource time) {
        return new CountingCircuitBreaker(name, config, time);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
        Objects.requireNonNull(action, "action");
        long start = time.nanoTime();
        long period = admit(start);
        T result;
        try {
            result = action.call();
        } catch (Throwable thrown) {
            end(period, Outcome.of(thrown, since(start), config));
            throw thrown;
        }
        end(period, Outcome.of(null, since(start), config));
        return result;
    }

    private Duration since(long start) {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    private synchronized long admit(long now) {
        if (circuit.admits(now)) {
            return circuit.period();
        }
        Duration left = circuit.openFor(now);
        throw new CircuitOpenException(
                "Circuit breaker '%s' let the call not through: %s"
                        .formatted(
                                name,
                                left.isZero()
                                        ? "its probes are under way; try again when they have ended"
                                        : "%d failures in a row opened it; try again in %s"
                                                .formatted(config.failureThreshold(), left)),
                left);
    }

    private synchronized void end(long period, Outcome outcome) {
        circuit.ended(period, outcome, time.nanoTime());
    }

    @Override
    public synchronized BreakerState state() {
        return circuit.state(time.nanoTime());
    }

    @Override
    public synchronized BreakerMetrics metrics() {
        return circuit.metrics(time.nanoTime());
    }
}
