package org.brokertck.reference.queue;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import org.brokertck.api.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The places of a bounded queue, one for each unsettled message, and the producers that wait for one (rules ).
 * They are served in the order in which they came, and nobody overtakes them. Used only under the queue's lock.
 */
class Room {
    private final int capacity;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int occupied;

    Room(int capacity) {
        this.capacity = capacity;
    }

    /** Occupies a place if one is free. Then nobody waits for it: a place that is freed goes to who waits first. */
    boolean tryOccupy() {
        if (!hasPlace()) {
            return false;
        }
        occupied++;
        return true;
    }

    /** Occupies a place over the capacity if need be: for redriven messages, which are never refused. */
    void occupy() {
        occupied++;
    }

    /** A message was settled: its place is free. */
    void free() {
        occupied--;
    }

    void await(Waiting producer) {
        waiting.addLast(producer);
    }

    void giveUp(Waiting producer) {
        waiting.remove(producer);
    }

    boolean someoneWaits() {
        return !waiting.isEmpty();
    }

    /**
     * Gives a free place to the producer that has waited longest. One whose deadline is reached gets none, even if it has
     * not woken up yet, so that a place freed later can never go to a call that is over.
     *
     * @return the producer, or null when there is no free place or nobody waits for it
     */
    @Nullable
    Waiting admit(long nowNanos) {
        while (hasPlace() && !waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            if (next.deadlineNanos - nowNanos > 0) {
                occupied++;
                next.admitted = true;
                next.changed.signal();
                return next;
            }
        }
        return null;
    }

    /** Sends every waiting producer away, none of them admitted: the queue is closing. */
    void refuseAll() {
        waiting.forEach(producer -> producer.changed.signal());
        waiting.clear();
    }

    private boolean hasPlace() {
        return occupied < capacity;
    }

    /** A producer that waits. Whoever frees a place puts the message into the queue for it and wakes it with that done. */
    static final class Waiting {
        final Message message;
        final Condition changed;
        final long deadlineNanos;
        private boolean admitted;

        Waiting(Message message, Condition changed, long deadlineNanos) {
            this.message = message;
            this.changed = changed;
            this.deadlineNanos = deadlineNanos;
        }

        boolean admitted() {
            return admitted;
        }
    }
}
