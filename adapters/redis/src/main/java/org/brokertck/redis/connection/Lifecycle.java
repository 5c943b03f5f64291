package org.brokertck.redis.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.ClosedException;

/** Whether an instance is open. Once it is not, every wait in it ends. */
public final class Lifecycle {
    private final String what;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param what is open, as in "Queue 'orders'" */
    public Lifecycle(String what) {
        this.what = what;
    }

    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    public void beginClosing() {
        closing.countDown();
    }

    /** @throws ClosedException when the instance is closed or closing */
    public void requireOpen() {
        if (isClosing()) {
            throw closed();
        }
    }

    public ClosedException closed() {
        return new ClosedException(what + " is closed: open it again to use it.");
    }

    /** Waits, but no longer than the instance is open. @return whether it is closing */
    public boolean pause(Duration duration) throws InterruptedException {
        return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
