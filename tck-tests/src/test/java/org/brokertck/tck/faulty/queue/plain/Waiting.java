package org.brokertck.tck.faulty.queue.plain;

import org.brokertck.api.message.Message;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A message that waits for its retry. Compared by identity. */
public final class Waiting {
    private final Message message;
    private final long dueNanos;
    private TimeSource.@Nullable Alarm alarm;

    Waiting(Message message, long dueNanos) {
        this.message = message;
        this.dueNanos = dueNanos;
    }

    /** What waits, as its next attempt will carry it. */
    public Message message() {
        return message;
    }

    long dueNanos() {
        return dueNanos;
    }

    void alarm(TimeSource.Alarm alarm) {
        this.alarm = alarm;
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
