package org.brokertck.reference.monitoring.watch;

import java.util.Arrays;

/**
 * The attempts of one group, by partition: no two records of a partition are handled at once (rule L-9). They outlive the members, as
 * a record keeps its attempts when its member leaves (rule L-15).
 */
final class PartitionLanes {
    private final AttemptMeter attempts;
    /** Replaced as it grows. */
    private volatile OfOne[] lanes = {};

    PartitionLanes(AttemptMeter attempts) {
        this.attempts = attempts;
    }

    AttemptMeter attempts() {
        return attempts;
    }

    OfOne of(int partition) {
        OfOne[] all = lanes;
        return partition < all.length ? all[partition] : grown(partition);
    }

    private synchronized OfOne grown(int partition) {
        int before = lanes.length;
        if (partition >= before) {
            OfOne[] more = Arrays.copyOf(lanes, partition + 1);
            for (int i = before; i < more.length; i++) {
                more[i] = new OfOne(attempts.open());
            }
            lanes = more;
        }
        return lanes[partition];
    }

    /**
     * One partition. Records are retried in place (rule L-15), so that only the last one that failed must be remembered to know the last
     * attempt. Whoever handles the partition calls it.
     */
    static final class OfOne {
        private final Lane lane;
        /** How often the record at {@link #failedAt} failed, one after another. */
        private int failures;

        private long failedAt;

        private OfOne(Lane lane) {
            this.lane = lane;
        }

        long begin() {
            return lane.begin();
        }

        void succeeded(long begun) {
            if (failures > 0) {
                failures = 0;
            }
            lane.succeeded(begun);
        }

        /** @param offset of the record; what follows on a failure is the same record again where the broker has no offsets */
        void failed(long begun, long offset, int deliveryLimit) {
            failures = offset == failedAt ? failures + 1 : 1;
            failedAt = offset;
            if (failures < deliveryLimit) {
                lane.failedForNow(begun);
            } else {
                failures = 0;
                lane.failedForGood(begun);
            }
        }
    }
}
