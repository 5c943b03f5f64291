package org.brokertck.reference.queue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for their next attempt, each with an alarm of its own, so that none holds up another (rule Q-13).
 * Used only under the queue's lock, which the alarms take themselves.
 */
class Retries {
    private final Lock lock;
    private final TimeSource time;
    private final Consumer<Message> due;
    private final Set<Waiting> waiting = new HashSet<>();

    /** @param due receives each message when its time has come, under the lock */
    Retries(Lock lock, TimeSource time, Consumer<Message> due) {
        this.lock = lock;
        this.time = time;
        this.due = due;
    }

    /** Passes the message on after the delay; at once when that is 0. */
    void add(Message message, Duration delay) {
        if (delay.isZero()) {
            due.accept(message);
            return;
        }
        Waiting entry = new Waiting(message);
        waiting.add(entry);
        entry.alarm = time.schedule(delay, () -> passOn(entry));
    }

    int size() {
        return waiting.size();
    }

    /** Forgets all of them: the queue is closing. */
    void clear() {
        for (Waiting entry : waiting) {
            if (entry.alarm != null) {
                entry.alarm.cancel();
            }
        }
        waiting.clear();
    }

    private void passOn(Waiting entry) {
        lock.lock();
        try {
            if (waiting.remove(entry)) {
                due.accept(entry.message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Compared by identity: equal messages are different messages (rule Q-27). */
    private static final class Waiting {
        private final Message message;
        private TimeSource.@Nullable Alarm alarm;

        Waiting(Message message) {
            this.message = message;
        }
    }
}
