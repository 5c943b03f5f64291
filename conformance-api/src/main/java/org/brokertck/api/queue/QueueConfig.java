package org.brokertck.api.queue;

import java.time.Duration;
import java.util.Objects;
import org.brokertck.api.internal.Require;

/**
 * The settings of one queue.
 *
 * @param capacity how many unsettled messages the queue holds, those in flight and those waiting for a retry included; 1
 *     or more. It binds where the target declares {@code BOUNDED}
 * @param produceTimeout how long a produce waits for room or for the server; 0 (do not wait for room) or more
 * @param backoff the delays between the attempts at a failing message
 * @param drainTimeout how long a close waits for running handlers; 0 or more
 */
public record QueueConfig(int capacity, Duration produceTimeout, Backoff backoff, Duration drainTimeout) {
    /** Checks the bounds. */
    public QueueConfig {
        Require.number("capacity", capacity, 1, Integer.MAX_VALUE);
        Require.duration("produceTimeout", produceTimeout, Duration.ZERO);
        Objects.requireNonNull(backoff, "backoff");
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static QueueConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link QueueConfig}; each setter names its default. */
    public static final class Builder {
        private int capacity = 1000;
        private Duration produceTimeout = Duration.ofSeconds(5);
        private Backoff backoff = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(30));
        private Duration drainTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Default: 1000 messages. */
        public Builder capacity(int capacity) {
            this.capacity = capacity;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder produceTimeout(Duration produceTimeout) {
            this.produceTimeout = produceTimeout;
            return this;
        }

        /** Default: 100 ms, doubled up to 30 s, without jitter. */
        public Builder backoff(Backoff backoff) {
            this.backoff = backoff;
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
        public QueueConfig build() {
            return new QueueConfig(capacity, produceTimeout, backoff, drainTimeout);
        }
    }
}
