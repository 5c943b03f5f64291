package org.brokertck.redis.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of an instance, on a thread of its own, since a handler may ask for it that the end must wait for. It comes once, however often
 * it is asked for.
 */
public final class Closing {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Runnable beginning;
    private final Thread thread;

    /**
     * @param threadName of the thread that does the rest
     * @param beginning is run by whoever asks first; must not wait
     * @param rest is run then, and may wait
     */
    public Closing(String threadName, Runnable beginning, Runnable rest) {
        this.beginning = beginning;
        this.thread = new Thread(rest, threadName);
        thread.setDaemon(true);
    }

    /** Begins, and returns at once. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            try {
                beginning.run();
            } finally {
                thread.start();
                started.countDown();
            }
        }
    }

    /** Waits until it has ended. */
    public void await() throws InterruptedException {
        started.await();
        thread.join();
    }
}
