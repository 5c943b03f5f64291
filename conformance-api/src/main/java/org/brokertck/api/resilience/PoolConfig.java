package org.brokertck.api.resilience;

import java.time.Duration;
import org.brokertck.api.internal.Require;

/**
 * The settings of one connection pool.
 *
 * @param maxSize how many connections there are at most; 1 or more
 * @param borrowTimeout how long a borrower waits for a connection unless it says otherwise; from 0 to 365 days
 * @param idleTimeout how long a connection may lie idle before it is closed; from 1 ms to 365 days
 * @param drainTimeout how long close waits for borrowed connections to come back; from 0 to 365 days
 */
public record PoolConfig(int maxSize, Duration borrowTimeout, Duration idleTimeout, Duration drainTimeout) {
    /** Checks the bounds. */
    public PoolConfig {
        Require.number("maxSize", maxSize, 1, Integer.MAX_VALUE);
        Require.duration("borrowTimeout", borrowTimeout, Duration.ZERO);
        Require.duration("idleTimeout", idleTimeout, Duration.ofMillis(1));
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static PoolConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link PoolConfig}; each setter names its default. */
    public static final class Builder {
        private int maxSize = 8;
        private Duration borrowTimeout = Duration.ofSeconds(5);
        private Duration idleTimeout = Duration.ofMinutes(10);
        private Duration drainTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /** Default: 8 connections. */
        public Builder maxSize(int maxSize) {
            this.maxSize = maxSize;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder borrowTimeout(Duration borrowTimeout) {
            this.borrowTimeout = borrowTimeout;
            return this;
        }

        /** Default: 10 minutes. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder drainTimeout(Duration drainTimeout) {
            this.drainTimeout = drainTimeout;
            return this;
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public PoolConfig build() {
            return new PoolConfig(maxSize, borrowTimeout, idleTimeout, drainTimeout);
        }
    }
}
