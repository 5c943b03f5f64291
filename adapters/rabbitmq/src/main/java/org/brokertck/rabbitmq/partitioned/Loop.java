package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one thing whenever it is asked to, and now and then; and again after a moment when the server was away. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What the thread does. */
    @FunctionalInterface
    interface Step {
        void run() throws InterruptedException;
    }

    /** Makes the thread. */
    @FunctionalInterface
    interface Threads {
        Thread thread(String role, Runnable work);
    }

    private final Semaphore asked = new Semaphore(0);
    private final String role;
    private final Duration interval;
    private final Step step;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param interval after which it does it unasked */
    Loop(String role, Threads threads, Duration interval, Step step) {
        this.role = role;
        this.interval = interval;
        this.step = step;
        this.thread = threads.thread(role, this::run);
    }

    void start() {
        thread.start();
    }

    /** Has it done soon. From any thread; never waits. */
    void ask() {
        if (asked.availablePermits() == 0) {
            asked.release();
        }
    }

    void stop() {
        stopped.countDown();
        thread.interrupt();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void run() {
        boolean failed = false;
        while (!isStopped()) {
            try {
                // After a failure nobody's asking shortens the pause: the failing itself may ask.
                boolean unused = failed
                        ? stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)
                        : asked.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
                asked.drainPermits();
                failed = false;
                step.run();
            } catch (InterruptedException e) {
                // Only a stop interrupts; the flag says so.
                LOG.trace("Interrupted");
            } catch (ClosedException e) {
                return;
            } catch (BrokerUnavailableException e) {
                LOG.debug("The {} could not reach RabbitMQ: {}", role, e.getMessage());
                failed = true;
            } catch (RuntimeException e) {
                LOG.debug("The {} failed and tries again", role, e);
                failed = true;
            }
        }
    }
}
