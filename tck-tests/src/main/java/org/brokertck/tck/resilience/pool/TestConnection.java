package org.brokertck.tck.resilience.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection to nowhere, which knows what has become of it. Each equals any other: a pool has to tell them apart all the same. */
final class TestConnection {
    private final int number;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private volatile boolean broken;
    private volatile boolean closed;

    TestConnection(int number) {
        this.number = number;
    }

    /** Marks it as used by one borrower; false when another one uses it. */
    boolean beginUse() {
        return inUse.compareAndSet(false, true);
    }

    void endUse() {
        inUse.set(false);
    }

    /** Whether a borrower uses it now. */
    boolean isUsed() {
        return inUse.get();
    }

    /** The server dropped it. */
    void breakDown() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** Marks it as closed; false when it was before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether it is the very same. */
    @SuppressWarnings("ReferenceEquality") // that is meant
    boolean isSame(Object other) {
        return this == other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestConnection;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "connection " + number;
    }
}
