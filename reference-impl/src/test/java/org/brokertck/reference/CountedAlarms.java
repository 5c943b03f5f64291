package org.brokertck.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;

/** A clock that knows how many alarms were set and neither rang nor were called off. */
public final class CountedAlarms implements TimeSource {
    /** The clock to move. */
    public final VirtualClock clock = new VirtualClock();
    /** How many alarms may still ring. */
    public final AtomicInteger pending = new AtomicInteger();

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
        pending.incrementAndGet();
        Alarm alarm = clock.schedule(delay, () -> {
            pending.decrementAndGet();
            task.run();
        });
        return () -> {
            pending.decrementAndGet();
            alarm.cancel();
        };
    }

    @Override
    public boolean awaitUntil(Lock lock, Condition condition, long deadlineNanos) throws InterruptedException {
        return clock.awaitUntil(lock, condition, deadlineNanos);
    }
}
