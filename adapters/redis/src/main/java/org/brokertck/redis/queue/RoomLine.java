package org.brokertck.redis.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.redis.connection.Deadline;

/**
 * Where producers wait for room in a full queue, in the order in which they came. Only the first asks the server again: when
 * this instance settles a message, which it hears of at once, and now and then, for what others settle. However many wait,
 * the server is asked by one.
 */
final class RoomLine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> line = new ArrayDeque<>();
    private long settlements;
    private boolean closed;

    /** Whether nobody waits. */
    boolean isEmpty() {
        lock.lock();
        try {
            return line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place at the end. Whoever does so has to leave it. */
    Object join() {
        Object place = new Object();
        lock.lock();
        try {
            line.addLast(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    void leave(Object place) {
        lock.lock();
        try {
            line.remove(place);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first place. @return false when the time is over or the line was closed */
    boolean awaitFirst(Object place, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && line.peekFirst() != place) {
                if (deadline.passed()) {
                    return false;
                }
                long unused = changed.awaitNanos(Math.max(1, deadline.left().toNanos()));
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** How often a message was settled; to be read before asking for room, so that no news is missed. */
    long settlements() {
        lock.lock();
        try {
            return settlements;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a message was settled after {@code seen} was read, the line is closed or the time is over. */
    void awaitSettlement(long seen, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && settlements == seen && !deadline.passed()) {
                long unused = changed.awaitNanos(Math.max(1, deadline.left().toNanos()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells those who wait that there may be room. */
    void settled() {
        lock.lock();
        try {
            settlements++;
            if (!line.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, for good. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
