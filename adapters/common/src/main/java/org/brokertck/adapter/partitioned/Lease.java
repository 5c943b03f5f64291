package org.brokertck.adapter.partitioned;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether those here may still believe that they own what they own. When the server was not heard of for so long that others may take
 * over, no handler starts until it was (rule L-9).
 */
public final class Lease {
    private final Duration length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition renewed = lock.newCondition();
    private long until = System.nanoTime();

    /**
     * It begins when it is renewed for the first time.
     *
     * @param length how long the belief lasts; others wait no less
     */
    public Lease(Duration length) {
        this.length = length;
    }

    /** @param askedAt when the server was asked by {@link System#nanoTime()}, which is no later than when it answered */
    public void renew(long askedAt) {
        lock.lock();
        try {
            until = askedAt + length.toNanos();
            renewed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws InterruptedException when the wait is broken off, which it is when ownership is over */
    public void awaitValid() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (until - System.nanoTime() <= 0) {
                renewed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
