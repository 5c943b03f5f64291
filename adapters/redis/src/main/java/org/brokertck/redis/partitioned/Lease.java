package org.brokertck.redis.partitioned;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the members of one group in this instance still own what they own. When the server was not heard of for so long that
 * others may take over, no handler starts until it was (rule L-9).
 */
final class Lease {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition renewed = lock.newCondition();
    private long until = System.nanoTime();

    /** @param askedAt when the server was asked, which is no later than when it renewed the lease */
    void renew(long askedAt) {
        lock.lock();
        try {
            until = askedAt + GroupServer.LEASE.toNanos();
            renewed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws InterruptedException when the wait is broken off, which it is when ownership is over */
    void awaitValid() throws InterruptedException {
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
