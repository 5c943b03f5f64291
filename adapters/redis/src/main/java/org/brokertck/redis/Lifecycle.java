package org.brokertck.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.ClosedException;

/** Whether a queue is open. Once it is not, every wait in it ends. */
final class Lifecycle {
    private final String queue;
    private final CountDownLatch closing = new CountDownLatch(1);

    Lifecycle(String queue) {
        this.queue = queue;
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    void beginClosing() {
        closing.countDown();
    }

    /** @throws ClosedException when the queue is closed or closing */
    void requireOpen() {
        if (isClosing()) {
            throw closed();
        }
    }

    ClosedException closed() {
        return new ClosedException("Queue '" + queue + "' is closed: open it again to use it.");
    }

    /** Waits, but no longer than the queue is open. @return whether it is closing */
    boolean pause(Duration duration) throws InterruptedException {
        return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
