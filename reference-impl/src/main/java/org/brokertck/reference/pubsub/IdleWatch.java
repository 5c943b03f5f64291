package org.brokertck.reference.pubsub;

import java.time.Duration;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells when nobody has taken for too long (rule P-12). Whoever takes only notes the time; one alarm looks at it when the timeout may
 * have run out, and is set again for the rest if it has not. All but {@code look} is used only under the subscription's lock, so
 * that no alarm is set once the subscription has ended.
 */
final class IdleWatch {
    private final TimeSource time;
    private final long timeoutNanos;
    private final Runnable look;
    private long lastTake;
    private int waiting;
    private TimeSource.@Nullable Alarm alarm;

    /** @param look called without the lock, on the time source's thread, to ask {@link #isOver()} */
    IdleWatch(TimeSource time, Duration timeout, Runnable look) {
        this.time = time;
        this.timeoutNanos = timeout.toNanos();
        this.look = look;
    }

    void start() {
        lastTake = time.nanoTime();
        setAlarm(timeoutNanos);
    }

    void stop() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    void waitBegins() {
        waiting++;
    }

    void waitEnds() {
        waiting--;
    }

    void taken() {
        lastTake = time.nanoTime();
    }

    boolean someoneWaits() {
        return waiting > 0;
    }

    /** The alarm rang: whether the timeout has run out; if not, it is set again. */
    boolean isOver() {
        alarm = null;
        long rest = someoneWaits() ? timeoutNanos : timeoutNanos - (time.nanoTime() - lastTake);
        if (rest > 0) {
            setAlarm(rest);
        }
        return rest <= 0;
    }

    private void setAlarm(long nanos) {
        alarm = time.schedule(Duration.ofNanos(nanos), look);
    }
}
