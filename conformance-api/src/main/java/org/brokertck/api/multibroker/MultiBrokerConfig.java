package org.brokertck.api.multibroker;

import java.time.Duration;
import org.brokertck.api.internal.Require;

/**
 * The settings of one multi-broker.
 *
 * @param produceTimeout how long one broker may take over a produce or a subscribe before it counts as failed (rule M-12); from 1 ms
 *     to 365 days
 * @param healthInterval the time from one look at the brokers' health to the next (rule M-11), within which traffic returns to one
 *     that recovered (rule M-6); from 1 ms to 365 days
 * @param healthTimeout how long a broker may take to answer a look before it counts as unhealthy; from 1 ms to 365 days
 * @param failureThreshold after so many failures in a row a broker's circuit opens (rule M-10); that a message is too large for it is
 *     none, and one that it takes after the produce timeout is one; from 1 to {@link #MOST_FAILURES}
 * @param probeInterval how long a circuit stays open before one message tries the broker again; from 1 ms to {@code
 *     healthInterval}, since otherwise traffic could not return in time
 * @param drainTimeout how long a close waits for the brokers to close; 0 to 365 days
 */
public record MultiBrokerConfig(
        Duration produceTimeout,
        Duration healthInterval,
        Duration healthTimeout,
        int failureThreshold,
        Duration probeInterval,
        Duration drainTimeout) {
    /** The largest failure threshold. */
    public static final int MOST_FAILURES = 10_000;

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public MultiBrokerConfig {
        Require.duration("produceTimeout", produceTimeout, SHORTEST);
        Require.duration("healthInterval", healthInterval, SHORTEST);
        Require.duration("healthTimeout", healthTimeout, SHORTEST);
        Require.number("failureThreshold", failureThreshold, 1, MOST_FAILURES);
        Require.duration("probeInterval", probeInterval, SHORTEST);
        if (probeInterval.compareTo(healthInterval) > 0) {
            throw new IllegalArgumentException(
                    "probeInterval is " + probeInterval + ": it must be at most healthInterval, " + healthInterval
                            + ", within which traffic returns to a broker that recovered");
        }
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static MultiBrokerConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link MultiBrokerConfig}; each setter names its default. */
    public static final class Builder {
        private Duration produceTimeout = Duration.ofSeconds(5);
        private Duration healthInterval = Duration.ofSeconds(5);
        private Duration healthTimeout = Duration.ofSeconds(2);
        private int failureThreshold = 5;
        private Duration probeInterval = Duration.ofSeconds(1);
        private Duration drainTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Default: 5 seconds. */
        public Builder produceTimeout(Duration produceTimeout) {
            this.produceTimeout = produceTimeout;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder healthInterval(Duration healthInterval) {
            this.healthInterval = healthInterval;
            return this;
        }

        /** Default: 2 seconds. */
        public Builder healthTimeout(Duration healthTimeout) {
            this.healthTimeout = healthTimeout;
            return this;
        }

        /** Default: 5 failures. */
        public Builder failureThreshold(int failureThreshold) {
            this.failureThreshold = failureThreshold;
            return this;
        }

        /** Default: 1 second. */
        public Builder probeInterval(Duration probeInterval) {
            this.probeInterval = probeInterval;
            return this;
        }

        /** Default: 10 seconds. */
        public Builder drainTimeout(Duration drainTimeout) {
            this.drainTimeout = drainTimeout;
            return this;
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public MultiBrokerConfig build() {
            return new MultiBrokerConfig(
                    produceTimeout, healthInterval, healthTimeout, failureThreshold, probeInterval, drainTimeout);
        }
    }
}
