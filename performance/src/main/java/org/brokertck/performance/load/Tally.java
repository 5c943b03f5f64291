package org.brokertck.performance.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one thread has received. That thread writes, anyone reads; so counting costs no more than two plain stores. */
final class Tally {
    private static final VarHandle COUNT = handle("count");
    private static final VarHandle SUM = handle("sum");

    private long count;
    private long sum;

    /** What a record adds to the sum of all, which neither a swap nor a loss with a duplicate leaves as it was. */
    static long fingerprint(long stamp) {
        return (stamp + 1) * (stamp + 3);
    }

    void add(long stamp) {
        SUM.setRelease(this, sum + fingerprint(stamp));
        COUNT.setRelease(this, count + 1);
    }

    long count() {
        return (long) COUNT.getAcquire(this);
    }

    long sum() {
        return (long) SUM.getAcquire(this);
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Tally.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
