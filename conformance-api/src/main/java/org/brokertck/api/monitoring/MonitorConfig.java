package org.brokertck.api.monitoring;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.brokertck.api.internal.Require;

/**
 * The settings of one monitor.
 *
 * @param window over how long rates, shares and means are taken; from 1 s to 365 days
 * @param evaluationInterval how often alert rules are evaluated, and how late an alert may be; from 10 ms to 365 days
 * @param historyCapacity how many alerts the history holds: the newest; from 1 to {@link #MOST_HISTORY}
 * @param maxQueues how many queues are told apart; what is recorded of further ones goes to
 *     {@link QueueMonitor#OTHER_QUEUES} (rule O-12); from 1 to {@link #MOST_QUEUES}
 * @param callbackTimeout how long a callback may take before it is interrupted, and close waits for one; from 1 ms to 365 days
 * @param address where to answer over HTTP, port 0 for any free one; empty for nowhere
 */
public record MonitorConfig(
        Duration window,
        Duration evaluationInterval,
        int historyCapacity,
        int maxQueues,
        Duration callbackTimeout,
        Optional<InetSocketAddress> address) {
    /** The longest history. */
    public static final int MOST_HISTORY = 1_000_000;
    /** The most queues. */
    public static final int MOST_QUEUES = 100_000;

    /** Checks the bounds. */
    public MonitorConfig {
        Require.duration("window", window, Duration.ofSeconds(1));
        Require.duration("evaluationInterval", evaluationInterval, Duration.ofMillis(10));
        Require.number("historyCapacity", historyCapacity, 1, MOST_HISTORY);
        Require.number("maxQueues", maxQueues, 1, MOST_QUEUES);
        Require.duration("callbackTimeout", callbackTimeout, Duration.ofMillis(1));
        Objects.requireNonNull(address, "address");
    }

    /** All defaults. */
    public static MonitorConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link MonitorConfig}; each setter names its default. */
    public static final class Builder {
        private Duration window = Duration.ofMinutes(1);
        private Duration evaluationInterval = Duration.ofSeconds(1);
        private int historyCapacity = 1000;
        private int maxQueues = 1000;
        private Duration callbackTimeout = Duration.ofSeconds(5);
        private Optional<InetSocketAddress> address = Optional.empty();

        private Builder() {}

        /** Default: 1 minute. */
        public Builder window(Duration window) {
            this.window = window;
            return this;
        }

        /** Default: 1 second. */
        public Builder evaluationInterval(Duration evaluationInterval) {
            this.evaluationInterval = evaluationInterval;
            return this;
        }

        /** Default: 1000 alerts. */
        public Builder historyCapacity(int historyCapacity) {
            this.historyCapacity = historyCapacity;
            return this;
        }

        /** Default: 1000 queues. */
        public Builder maxQueues(int maxQueues) {
            this.maxQueues = maxQueues;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder callbackTimeout(Duration callbackTimeout) {
            this.callbackTimeout = callbackTimeout;
            return this;
        }

        /** Answers over HTTP at this address. Default: nowhere. */
        public Builder serveOn(InetSocketAddress address) {
            this.address = Optional.of(address);
            return this;
        }

        /** Answers over HTTP on this machine only, on any free port. */
        public Builder serveOnLoopback() {
            return serveOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public MonitorConfig build() {
            return new MonitorConfig(window, evaluationInterval, historyCapacity, maxQueues, callbackTimeout, address);
        }
    }
}
