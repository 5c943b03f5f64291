package org.brokertck.reference.pubsub;

import java.util.ArrayDeque;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The copies that a subscription was given and nobody took yet (rule P-10). What comes in is taken, dropped or still here, always.
 * Used only under the subscription's lock.
 */
final class Buffer {
    private final int capacity;
    private final OverflowPolicy overflow;
    /** Grows as it is used: a hundred thousand subscriptions that nobody writes to should cost little. */
    private final ArrayDeque<Copy> copies = new ArrayDeque<>(2);

    private long dropped;

    Buffer(int capacity, OverflowPolicy overflow) {
        this.capacity = capacity;
        this.overflow = overflow;
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    long dropped() {
        return dropped;
    }

    void put(Copy copy) {
        if (copies.size() < capacity) {
            copies.addLast(copy);
        } else if (overflow == OverflowPolicy.DROP_OLDEST) {
            drop(copies.removeFirst());
            copies.addLast(copy);
        } else {
            drop(copy);
        }
    }

    /** The oldest; null when there is none. */
    @Nullable
    Copy take() {
        Copy next = copies.pollFirst();
        if (next != null) {
            next.counter().delivered();
        }
        return next;
    }

    void dropAll() {
        for (Copy copy = copies.pollFirst(); copy != null; copy = copies.pollFirst()) {
            drop(copy);
        }
    }

    private void drop(Copy copy) {
        dropped++;
        copy.counter().dropped();
    }
}
