package org.brokertck.tck.faulty.partitioned.plain;

import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;

/** A record that was accepted and waits to be sent. Compared by identity. */
public final class Pending {
    /** Whether it is in its partition. */
    public boolean appended;

    /** Whether whoever produced it took it back. */
    public boolean withdrawn;

    private final Partition partition;
    private final KeyedMessage message;
    private final long startNanos;
    private final CompletableFuture<Position> future = new CompletableFuture<>();
    private final long acceptedNanos;

    Pending(Partition partition, KeyedMessage message, long startNanos, long acceptedNanos) {
        this.partition = partition;
        this.message = message;
        this.startNanos = startNanos;
        this.acceptedNanos = acceptedNanos;
    }

    /** Where it goes. */
    public Partition partition() {
        return partition;
    }

    /** What it is. */
    public KeyedMessage message() {
        return message;
    }

    /** When its produce began. */
    public long startNanos() {
        return startNanos;
    }

    /** From when on it lingers. */
    public long acceptedNanos() {
        return acceptedNanos;
    }

    /** What tells its producer. */
    public CompletableFuture<Position> future() {
        return future;
    }
}
