package org.brokertck.api.pubsub;

import java.time.Duration;
import java.util.Objects;
import org.brokertck.api.internal.Require;

/**
 * The settings of one publish/subscribe broker.
 *
 * @param bufferCapacity how many messages each subscription holds that were not taken yet; from 1 to {@link #MOST_BUFFERED}
 * @param overflow what a subscription with a full buffer drops
 * @param idleTimeout how long nothing may be taken from a subscription, nor be waited for in a take, before it is removed; from
 *     1 ms to 365 days
 * @param timeout how long a call waits for the server, where there is one; from 1 ms to 365 days
 * @param countedTopics how many topics the metrics tell apart; 1 or more
 */
public record PubSubConfig(
        int bufferCapacity, OverflowPolicy overflow, Duration idleTimeout, Duration timeout, int countedTopics) {
    /** The largest buffer. */
    public static final int MOST_BUFFERED = 1 << 24;

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public PubSubConfig {
        Require.number("bufferCapacity", bufferCapacity, 1, MOST_BUFFERED);
        Objects.requireNonNull(overflow, "overflow");
        Require.duration("idleTimeout", idleTimeout, SHORTEST);
        Require.duration("timeout", timeout, SHORTEST);
        Require.number("countedTopics", countedTopics, 1, Integer.MAX_VALUE);
    }

    /** All defaults. */
    public static PubSubConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link PubSubConfig}; each setter names its default. */
    public static final class Builder {
        private int bufferCapacity = 1024;
        private OverflowPolicy overflow = OverflowPolicy.DROP_OLDEST;
        private Duration idleTimeout = Duration.ofMinutes(10);
        private Duration timeout = Duration.ofSeconds(5);
        private int countedTopics = 10_000;

        private Builder() {}

        /** Default: 1024 messages. */
        public Builder bufferCapacity(int bufferCapacity) {
            this.bufferCapacity = bufferCapacity;
            return this;
        }

        /** Default: the oldest is dropped. */
        public Builder overflow(OverflowPolicy overflow) {
            this.overflow = overflow;
            return this;
        }

        /** Default: 10 minutes. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Default: 10,000 topics. */
        public Builder countedTopics(int countedTopics) {
            this.countedTopics = countedTopics;
            return this;
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public PubSubConfig build() {
            return new PubSubConfig(bufferCapacity, overflow, idleTimeout, timeout, countedTopics);
        }
    }
}
