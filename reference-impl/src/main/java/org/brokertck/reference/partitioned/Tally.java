package org.brokertck.reference.partitioned;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count with one writer at a time and any number of readers, at the price of a plain field. */
final class Tally {
    private static final VarHandle SUM;

    static {
        try {
            SUM = MethodHandles.lookup().findVarHandle(Tally.class, "sum", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long sum;

    /** By the one writer; whoever writes next must have been told after this. */
    void add(long count) {
        SUM.setRelease(this, sum + count);
    }

    long sum() {
        return (long) SUM.getAcquire(this);
    }
}
