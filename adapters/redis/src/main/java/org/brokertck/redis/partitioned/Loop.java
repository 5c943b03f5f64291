package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one thing whenever it is asked to, and now and then; and again after a while when the server was away. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final Semaphore asked = new Semaphore(0);
    private final Duration interval;
    private final Step step;
    private final Thread thread;
    private volatile boolean stopped;

    /** What the thread does. */
    interface Step {
        void run() throws InterruptedException;
    }

    /** @param interval after which it does it unasked */
    Loop(String name, Duration interval, Step step) {
        this.interval = interval;
        this.step = step;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
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
        stopped = true;
        thread.interrupt();
    }

    void join(Duration time) throws InterruptedException {
        thread.join(Math.max(1, time.toMillis()));
    }

    private void run() {
        Patience patience = new Patience();
        Duration pause = interval;
        while (!stopped) {
            try {
                boolean unused = asked.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                asked.drainPermits();
                step.run();
                patience.reset();
                pause = interval;
            } catch (InterruptedException e) {
                // Only a stop interrupts; the flag says so.
                LOG.trace("Interrupted");
            } catch (RedisFailure e) {
                boolean unused = Thread.interrupted();
                LOG.debug("{} could not reach Redis ({})", thread.getName(), e.text());
                pause = patience.next();
            } catch (RuntimeException e) {
                LOG.error("{} met something unexpected and tries again", thread.getName(), e);
                pause = patience.next();
            }
        }
    }
}
