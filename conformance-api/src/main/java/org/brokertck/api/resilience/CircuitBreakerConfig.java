package org.brokertck.api.resilience;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.brokertck.api.internal.Require;

/**
 * The settings of one circuit breaker.
 *
 * @param failureThreshold how many failures in a row open it; 1 or more
 * @param openDuration for how long it lets nothing through, from the failure that opened it; from 1 ms to 365 days
 * @param probes how many calls it then lets through, all of which must succeed to close it; 1 or more
 * @param slowCall a call that takes longer than this has failed, though its outcome comes through; from 1 ms to 365 days
 * @param failure which exceptions and errors of an action are failures
 */
public record CircuitBreakerConfig(
        int failureThreshold, Duration openDuration, int probes, Duration slowCall, Predicate<Throwable> failure) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public CircuitBreakerConfig {
        Require.number("failureThreshold", failureThreshold, 1, Integer.MAX_VALUE);
        Require.duration("openDuration", openDuration, SHORTEST);
        Require.number("probes", probes, 1, Integer.MAX_VALUE);
        Require.duration("slowCall", slowCall, SHORTEST);
        Objects.requireNonNull(failure, "failure");
    }

    /** All defaults. */
    public static CircuitBreakerConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link CircuitBreakerConfig}; each setter names its default. */
    public static final class Builder {
        private int failureThreshold = 5;
        private Duration openDuration = Duration.ofSeconds(30);
        private int probes = 1;
        private Duration slowCall = Require.LONGEST;
        private Predicate<Throwable> failure = thrown -> true;

        private Builder() {}

        /** Default: 5. */
        public Builder failureThreshold(int failureThreshold) {
            this.failureThreshold = failureThreshold;
            return this;
        }

        /** Default: 30 seconds. */
        public Builder openDuration(Duration openDuration) {
            this.openDuration = openDuration;
            return this;
        }

        /** Default: 1. */
        public Builder probes(int probes) {
            this.probes = probes;
            return this;
        }

        /** Default: 365 days, so that no call is too slow. */
        public Builder slowCall(Duration slowCall) {
            this.slowCall = slowCall;
            return this;
        }

        /** Default: all, errors included. */
        public Builder failure(Predicate<Throwable> failure) {
            this.failure = failure;
            return this;
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public CircuitBreakerConfig build() {
            return new CircuitBreakerConfig(failureThreshold, openDuration, probes, slowCall, failure);
        }
    }
}
