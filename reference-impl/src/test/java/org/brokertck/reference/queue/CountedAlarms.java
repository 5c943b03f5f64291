package org.brokertck.reference.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;

/** A clock that knows how many alarms were set and neither rang nor were called off. */
class CountedAlarms implements TimeSource {
    final VirtualClock clock = new VirtualClock();
    final AtomicInteger pending = new AtomicInteger();

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
