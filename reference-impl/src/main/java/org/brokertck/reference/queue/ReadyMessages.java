package org.brokertck.reference.queue;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/** The messages that any consumer may take now, first in, first out (rule Q-3). Used only under the queue's lock. */
class ReadyMessages {
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final Condition changed;

    ReadyMessages(Lock lock) {
        this.changed = lock.newCondition();
    }

    /** Adds at the end and wakes one idle consumer; to signal costs next to nothing when none is idle. */
    void add(Message message) {
        messages.addLast(message);
        changed.signal();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    /** Takes the first, or null when there is none. */
    @Nullable
    Message poll() {
        return messages.pollFirst();
    }

    /** Waits for an addition or {@link #wakeAll()}. No interrupt ends it: an idle consumer has nothing to interrupt. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    void awaitChange() {
        changed.awaitUninterruptibly();
    }

    /**
     * Wakes every idle consumer, to look whether it shall end. All, so that a consumer that ends cannot have swallowed the
     * one signal for a message that another should take.
     */
    void wakeAll() {
        changed.signalAll();
    }

    void clear() {
        messages.clear();
    }
}
