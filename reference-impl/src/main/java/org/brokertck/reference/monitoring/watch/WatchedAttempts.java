package org.brokertck.reference.monitoring.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;

/**
 * A member's handler whose attempts are counted. Records are retried in place (rule L-15), so that one failed record per partition is
 * all that must be remembered to know the last attempt.
 */
final class WatchedAttempts implements RecordHandler {
    private final RecordHandler handler;
    private final AttemptMeter attempts;
    private final int deliveryLimit;
    private final Map<Integer, Failed> failed = new ConcurrentHashMap<>();
    /** Several partitions may be handled at once; that counts are lost then does not matter, as it only picks what is timed. */
    private int number;

    WatchedAttempts(RecordHandler handler, AttemptMeter attempts, int deliveryLimit) {
        this.handler = handler;
        this.attempts = attempts;
        this.deliveryLimit = deliveryLimit;
    }

    @Override
    public void handle(PartitionRecord record) throws Exception {
        long begun = attempts.begin(number++);
        try {
            handler.handle(record);
        } catch (Throwable failure) {
            failed(record, begun);
            throw failure;
        }
        attempts.succeeded(begun);
    }

    private void failed(PartitionRecord record, long begun) {
        Failed before = failed.get(record.partition());
        int times = before != null && before.isOf(record) ? before.times() + 1 : 1;
        if (times < deliveryLimit) {
            failed.put(record.partition(), new Failed(record, times));
            attempts.failedForNow(begun);
        } else {
            failed.remove(record.partition());
            attempts.failedForGood(begun);
        }
    }

    /** A record that failed so many times. */
    private record Failed(PartitionRecord record, int times) {
        boolean isOf(PartitionRecord other) {
            return record.offset() == other.offset()
                    && (other.offset() != Position.UNKNOWN_OFFSET || record.equals(other));
        }
    }
}
