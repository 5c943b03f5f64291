package org.brokertck.redis.partitioned;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/** A record that is to be produced. What changes is guarded by the outbox. */
final class Pending {
    final Line line;
    final byte[] bytes;
    final int valueSize;
    final long number;

    /** Whether its call returned before it was sent, so that it waits for room as long as it takes. */
    final boolean accepted;

    final long begun = System.nanoTime();

    /** Until when it waits for room, and until when for the server. */
    final long roomUntil;

    final long serverUntil;
    final CompletableFuture<Position> outcome = new CompletableFuture<>();

    /** The batch that it is in; null while it waits in its line. */
    @Nullable
    Batch batch;

    private final AtomicBoolean counted = new AtomicBoolean();

    Pending(Line line, byte[] bytes, int valueSize, long number, boolean accepted, long roomNanos, long serverNanos) {
        this.line = line;
        this.bytes = bytes;
        this.valueSize = valueSize;
        this.number = number;
        this.accepted = accepted;
        this.roomUntil = begun + roomNanos;
        this.serverUntil = begun + serverNanos;
    }

    /** Whether this is the first to see that the record is there: who sent it, or a handler's side that read it sooner. */
    boolean count() {
        return counted.compareAndSet(false, true);
    }

    boolean waitsForRoom(long now) {
        return accepted || roomUntil - now > 0;
    }

    boolean waitsForServer(long now) {
        return serverUntil - now > 0;
    }
}
