package org.brokertck.api.requestreply;

import java.time.Duration;
import org.brokertck.api.internal.Require;

/**
 * The settings of one instance of request/reply. How long a request waits is said with each request.
 *
 * @param timeout how long {@link RequestReply#respond} waits for the server, where there is one; from 1 ms to 365 days
 * @param drainTimeout how long a close waits for running handlers before it interrupts them; from 0 to 365 days
 */
public record RequestReplyConfig(Duration timeout, Duration drainTimeout) {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Checks the bounds. */
    public RequestReplyConfig {
        Require.duration("timeout", timeout, SHORTEST);
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
    }

    /** All defaults. */
    public static RequestReplyConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link RequestReplyConfig}; each setter names its default. */
    public static final class Builder {
        private Duration timeout = Duration.ofSeconds(5);
        private Duration drainTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Default: 5 seconds. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Default: 10 seconds. */
        public Builder drainTimeout(Duration drainTimeout) {
            this.drainTimeout = drainTimeout;
            return this;
        }

        /**
         * The settings.
         *
         * @throws NullPointerException when one is null
         * @throws IllegalArgumentException when one is out of its bounds
         */
        public RequestReplyConfig build() {
            return new RequestReplyConfig(timeout, drainTimeout);
        }
    }
}
