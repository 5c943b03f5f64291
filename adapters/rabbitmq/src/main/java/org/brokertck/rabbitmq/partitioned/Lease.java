package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this instance may still believe that it owns what it owns. When it could not show that it is there for so long that others
 * may soon expel it, no handler starts until it could (rule L-9).
 */
final class Lease {
    /** How long the belief lasts; others wait longer. */
    static final Duration LENGTH = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition renewed = lock.newCondition();
    private long until = System.nanoTime() + LENGTH.toNanos();

    /** @param askedAt when the server was asked, which is no later than when it answered */
    void renew(long askedAt) {
        lock.lock();
        try {
            until = askedAt + LENGTH.toNanos();
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
