package org.brokertck.reference.resilience;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.reference.time.SystemTimeSource;
import org.jspecify.annotations.Nullable;

/** Closes a pool once; whoever closes it again waits for the same end. */
final class PoolCloser {
    private final Places<?> places;
    private final @Nullable SystemTimeSource ownTime;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    PoolCloser(Places<?> places, @Nullable SystemTimeSource ownTime) {
        this.places = places;
        this.ownTime = ownTime;
    }

    void close() {
        try {
            if (begun.compareAndSet(false, true)) {
                first();
            } else {
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for borrowed connections: the pool is closed all the same", e);
        }
    }

    private void first() throws InterruptedException {
        try {
            places.refuseAll();
            places.awaitEmpty();
        } finally {
            places.evict();
            if (ownTime != null) {
                ownTime.close();
            }
            ended.countDown();
        }
    }
}
