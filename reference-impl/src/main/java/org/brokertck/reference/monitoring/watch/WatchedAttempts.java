package org.brokertck.reference.monitoring.watch;

import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;

/** A member's handler whose attempts are counted. */
record WatchedAttempts(RecordHandler handler, PartitionLanes lanes, int deliveryLimit) implements RecordHandler {
    @Override
    public void handle(PartitionRecord record) throws Exception {
        PartitionLanes.OfOne lane = lanes.of(record.partition());
        // Read now: if the catch knew the record itself, the compiler could not do without making one.
        long offset = record.offset();
        long begun = lane.begin();
        try {
            handler.handle(record);
        } catch (Throwable failure) {
            lane.failed(begun, offset, deliveryLimit);
            throw failure;
        }
        lane.succeeded(begun);
    }
}
