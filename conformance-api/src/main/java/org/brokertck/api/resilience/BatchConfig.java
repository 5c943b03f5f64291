package org.brokertck.api.resilience;

import java.time.Duration;
import org.brokertck.api.internal.Require;

/**
 * The settings of one batch processor.
 *
 * @param batchSize how many items a batch holds at most, and with how many it is flushed at once; from 1 to {@link #LARGEST}
 * @param flushInterval how long the first item of a batch waits at most for others; from 1 ms to 365 days
 * @param capacity how many items there may be that are not flushed; from batchSize to {@link #LARGEST}
 * @param addTimeout how long an add waits for room; from 0 to 365 days
 * @param retryDelay how long after it failed a flush is repeated; from 0 to 365 days
 * @param drainTimeout how long close waits for the last flushes; from 0 to 365 days
 */
public record BatchConfig(
        int batchSize,
        Duration flushInterval,
        int capacity,
        Duration addTimeout,
        Duration retryDelay,
        Duration drainTimeout) {
    /** The largest batch, and the largest capacity. */
    public static final int LARGEST = 1 << 24;

    /** Checks the bounds. */
    public BatchConfig {
        Require.number("batchSize", batchSize, 1, LARGEST);
        Require.duration("flushInterval", flushInterval, Duration.ofMillis(1));
        Require.number("capacity", capacity, batchSize, LARGEST);
        Require.duration("addTimeout", addTimeout, Duration.ZERO);
        Require.duration("retryDelay", retryDelay, Duration.ZERO);
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static BatchConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link BatchConfig}; each setter names its default. */
    public static final class Builder {
        private int batchSize = 100;
        private Duration flushInterval = Duration.ofMillis(100);
        private int capacity = 10_000;
        private Duration addTimeout = Duration.ofSeconds(5);
        private Duration retryDelay = Duration.ofSeconds(1);
        private Duration drainTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /** Default: 100 items. */
        public Builder batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /** Default: 100 ms. */
        public Builder flushInterval(Duration flushInterval) {
            this.flushInterval = flushInterval;
            return this;
        }

        /** Default: 10,000 items. */
        public Builder capacity(int capacity) {
            this.capacity = capacity;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder addTimeout(Duration addTimeout) {
            this.addTimeout = addTimeout;
            return this;
        }

        /** Default: 1 second. */
        public Builder retryDelay(Duration retryDelay) {
            this.retryDelay = retryDelay;
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
        public BatchConfig build() {
            return new BatchConfig(batchSize, flushInterval, capacity, addTimeout, retryDelay, drainTimeout);
        }
    }
}
