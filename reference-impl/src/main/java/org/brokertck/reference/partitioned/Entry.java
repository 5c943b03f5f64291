package org.brokertck.reference.partitioned;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/** A record on its slow way into a partition: it waits for room, then for its batch. Used under the lock of the partition. */
final class Entry {
    private enum Stage {
        WAITS,
        GATHERED,
        SENT
    }

    final @Nullable String key;
    final byte[] value;
    final Map<String, String> headers;
    final long deadlineNanos;
    /** Signalled at every change. */
    final Condition changed;
    /** Completed when the record is sent; null when the producer waits instead. */
    final @Nullable CompletableFuture<Position> future;

    private Stage stage = Stage.WAITS;
    private long offset = PartitionLog.NO_ROOM;

    Entry(
            @Nullable String key,
            byte[] value,
            Map<String, String> headers,
            long deadlineNanos,
            Condition changed,
            @Nullable CompletableFuture<Position> future) {
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.deadlineNanos = deadlineNanos;
        this.changed = changed;
        this.future = future;
    }

    boolean hasRoom() {
        return stage != Stage.WAITS;
    }

    boolean isSent() {
        return stage == Stage.SENT;
    }

    /** Where it was appended, once it is sent. */
    long offset() {
        return offset;
    }

    void gathered() {
        stage = Stage.GATHERED;
        changed.signal();
    }

    void sent(long at) {
        offset = at;
        stage = Stage.SENT;
        changed.signal();
    }
}
