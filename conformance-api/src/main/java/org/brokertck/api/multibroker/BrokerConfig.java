package org.brokertck.api.multibroker;

import java.time.Duration;
import org.brokertck.api.internal.Require;

/**
 * The settings of one message broker.
 *
 * @param capacity how many messages may wait for each subscriber; 1 or more. Whether the one that its handler has counts among them is
 *     up to the broker. A produce waits for room. It binds brokers in memory, and may bind those behind a server that keeps what waits
 *     in memory; others leave waiting messages there
 * @param produceTimeout how long a produce waits for room or for the server, and a subscribe for the server; 0 (do not wait for
 *     room) to 365 days
 * @param healthTimeout how long a look at the health waits for the server; from 1 ms to 365 days
 * @param degradedAfter a look that takes longer than this finds the broker degraded; from 1 ms to 365 days
 * @param drainTimeout how long a close waits for running handlers; 0 to 365 days
 */
public record BrokerConfig(
        int capacity, Duration produceTimeout, Duration healthTimeout, Duration degradedAfter, Duration drainTimeout) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public BrokerConfig {
        Require.number("capacity", capacity, 1, Integer.MAX_VALUE);
        Require.duration("produceTimeout", produceTimeout, Duration.ZERO);
        Require.duration("healthTimeout", healthTimeout, SHORTEST);
        Require.duration("degradedAfter", degradedAfter, SHORTEST);
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static BrokerConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link BrokerConfig}; each setter names its default. */
    public static final class Builder {
        private int capacity = 10_000;
        private Duration produceTimeout = Duration.ofSeconds(5);
        private Duration healthTimeout = Duration.ofSeconds(2);
        private Duration degradedAfter = Duration.ofMillis(500);
        private Duration drainTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Default: 10,000 messages. */
        public Builder capacity(int capacity) {
            this.capacity = capacity;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder produceTimeout(Duration produceTimeout) {
            this.produceTimeout = produceTimeout;
            return this;
        }

        /** Default: 2 seconds. */
        public Builder healthTimeout(Duration healthTimeout) {
            this.healthTimeout = healthTimeout;
            return this;
        }

        /** Default: 500 ms. */
        public Builder degradedAfter(Duration degradedAfter) {
            this.degradedAfter = degradedAfter;
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
        public BrokerConfig build() {
            return new BrokerConfig(capacity, produceTimeout, healthTimeout, degradedAfter, drainTimeout);
        }
    }
}
