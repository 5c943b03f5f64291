package org.brokertck.reference.partitioned;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;

/** A handler that stays in each record until it is let out, and reports that it has entered. */
final class Latch implements RecordHandler {
    final CountDownLatch open = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    private final Semaphore entered = new Semaphore(0);
    private final boolean stubborn;

    private Latch(boolean stubborn) {
        this.stubborn = stubborn;
    }

    /** One that an interrupt ends with its exception. */
    static Latch yielding() {
        return new Latch(false);
    }

    /** One that ignores interrupts. */
    static Latch stubborn() {
        return new Latch(true);
    }

    @Override
    public void handle(PartitionRecord record) throws InterruptedException {
        entered.release();
        while (open.getCount() > 0) {
            try {
                open.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                if (!stubborn) {
                    throw e;
                }
            }
        }
    }

    void awaitEntered() throws InterruptedException {
        if (!entered.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no handler was entered");
        }
    }

    boolean isEntered() {
        return entered.availablePermits() > 0;
    }
}
