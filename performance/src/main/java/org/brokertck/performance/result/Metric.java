package org.brokertck.performance.result;

/** What a figure tells. */
public enum Metric {
    /** Records that went all the way, per second. */
    THROUGHPUT("throughput", "throughput", "records/s", Better.HIGHER),
    /** Bytes that all threads together allocate for a record, those of the load generator included. */
    ALLOCATED("allocated", "allocated", "bytes/record", Better.LOWER),
    /** Bytes allocated for a record without what the generator itself allocates. */
    ALLOCATED_NET("allocatedNet", "allocated without the load's own", "bytes/record", Better.LOWER),
    /** The median time from when a record was due to be sent to its arrival. */
    END_TO_END_P50("endToEndP50", "end to end p50", "µs", Better.LOWER),
    /** What 99 of 100 records stayed within. */
    END_TO_END_P99("endToEndP99", "end to end p99", "µs", Better.LOWER),
    /** What 999 of 1000 records stayed within. */
    END_TO_END_P999("endToEndP999", "end to end p99.9", "µs", Better.LOWER),
    /** The mean time that a call of the producer took. */
    CALL_MEAN("callMean", "produce call mean", "µs", Better.LOWER),
    /** What 99 of 100 calls stayed within. */
    CALL_P99("callP99", "produce call p99", "µs", Better.LOWER),
    /** Records that were really sent per second where a rate was asked for. */
    RATE("rate", "rate kept", "records/s", Better.HIGHER),
    /** The processor time of all threads while nothing flows. */
    IDLE_CPU("idleCpu", "idle", "% of a core", Better.LOWER),
    /** The time to find the subscribers of a topic. */
    MATCH("match", "match", "ns", Better.LOWER),
    /** The time to publish a message. */
    PUBLISH("publish", "publish", "ns", Better.LOWER);

    /** Which way is better. */
    public enum Better {
        /** The more the better. */
        HIGHER,
        /** The less the better. */
        LOWER
    }

    private final String key;
    private final String label;
    private final String unit;
    private final Better better;

    Metric(String key, String label, String unit, Better better) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.better = better;
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }

    /** Its name in tables. */
    public String label() {
        return label;
    }

    /** The unit of its values. */
    public String unit() {
        return unit;
    }

    /** Which way is better. */
    public Better better() {
        return better;
    }

    /** Whether a share of the ceiling tells something: not of bytes, where the ceiling may have next to none. */
    public boolean isToldAsShare() {
        return switch (this) {
            case ALLOCATED, ALLOCATED_NET, RATE, IDLE_CPU -> false;
            default -> true;
        };
    }
}
