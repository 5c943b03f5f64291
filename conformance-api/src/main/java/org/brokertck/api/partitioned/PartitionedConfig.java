package org.brokertck.api.partitioned;

import java.time.Duration;
import java.util.Objects;
import org.brokertck.api.internal.Require;
import org.brokertck.api.queue.Backoff;

/**
 * The settings of one partitioned broker.
 *
 * @param partitionCapacity how many records that some group has yet to handle a partition holds; from 1 to {@link #MOST_RECORDS}. A
 *     produce waits for room. Handled ones, and all while there is no group, are kept until their room is needed. It binds where the
 *     target declares {@code BOUNDED}; others bound their own memory in their own way (rule L-19)
 * @param produceTimeout how long a produce waits for room or for the server; 0 (do not wait for room) to 365 days
 * @param linger how long a record may wait for others to be sent with, counted from the first of its batch; 0 (send at once, with
 *     what has gathered meanwhile) to 365 days
 * @param batchSize how many records are sent together at most; 1 or more. A full batch does not linger
 * @param deliveryLimit how many attempts a group makes at a record before it sets it aside; 1 or more
 * @param backoff the delays between those attempts
 * @param startFrom where new groups start
 * @param drainTimeout how long a close or a leaving member waits for running handlers; 0 to 365 days
 * @param rateWindow the time that the rates of the metrics look back; from 1 ms to 365 days
 * @param maxConnections how many connections to the server an instance opens at most; 1 or more
 */
public record PartitionedConfig(
        int partitionCapacity,
        Duration produceTimeout,
        Duration linger,
        int batchSize,
        int deliveryLimit,
        Backoff backoff,
        StartFrom startFrom,
        Duration drainTimeout,
        Duration rateWindow,
        int maxConnections) {
    /** The largest number of records that a partition can be set to hold. */
    public static final int MOST_RECORDS = 1 << 24;

    /** The largest number of partitions of a topic. */
    public static final int MOST_PARTITIONS = 1024;

    /** Checks the bounds. */
    public PartitionedConfig {
        Require.number("partitionCapacity", partitionCapacity, 1, MOST_RECORDS);
        Require.duration("produceTimeout", produceTimeout, Duration.ZERO);
        Require.duration("linger", linger, Duration.ZERO);
        Require.number("batchSize", batchSize, 1, Integer.MAX_VALUE);
        Require.number("deliveryLimit", deliveryLimit, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(startFrom, "startFrom");
        Require.duration("drainTimeout", drainTimeout, Duration.ZERO);
        Require.duration("rateWindow", rateWindow, Duration.ofMillis(1));
        Require.number("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
    }

    /** All defaults. */
    public static PartitionedConfig defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link PartitionedConfig}; each setter names its default. */
    public static final class Builder {
        private int partitionCapacity = 1 << 16;
        private Duration produceTimeout = Duration.ofSeconds(5);
        private Duration linger = Duration.ZERO;
        private int batchSize = 256;
        private int deliveryLimit = 5;
        private Backoff backoff = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5));
        private StartFrom startFrom = StartFrom.EARLIEST;
        private Duration drainTimeout = Duration.ofSeconds(10);
        private Duration rateWindow = Duration.ofSeconds(10);
        private int maxConnections = 8;

        private Builder() {}

        /** Default: 65,536 records. */
        public Builder partitionCapacity(int partitionCapacity) {
            this.partitionCapacity = partitionCapacity;
            return this;
        }

        /** Default: 5 seconds. */
        public Builder produceTimeout(Duration produceTimeout) {
            this.produceTimeout = produceTimeout;
            return this;
        }

        /** Default: 0. */
        public Builder linger(Duration linger) {
            this.linger = linger;
            return this;
        }

        /** Default: 256 records. */
        public Builder batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /** Default: 5 attempts. */
        public Builder deliveryLimit(int deliveryLimit) {
            this.deliveryLimit = deliveryLimit;
            return this;
        }

        /** Default: 100 ms, doubled up to 5 s, without jitter. */
        public Builder backoff(Backoff backoff) {
            this.backoff = backoff;
            return this;
        }

        /** Default: the earliest. */
        public Builder startFrom(StartFrom startFrom) {
            this.startFrom = startFrom;
            return this;
        }

        /** Default: 10 seconds. */
        public Builder drainTimeout(Duration drainTimeout) {
            this.drainTimeout = drainTimeout;
            return this;
        }

        /** Default: 10 seconds. */
        public Builder rateWindow(Duration rateWindow) {
            this.rateWindow = rateWindow;
            return this;
        }

        /** Default: 8 connections. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /**
         * @throws NullPointerException when a setting is null
         * @throws IllegalArgumentException when a setting is out of its bounds
         */
        public PartitionedConfig build() {
            return new PartitionedConfig(
                    partitionCapacity,
                    produceTimeout,
                    linger,
                    batchSize,
                    deliveryLimit,
                    backoff,
                    startFrom,
                    drainTimeout,
                    rateWindow,
                    maxConnections);
        }
    }
}
