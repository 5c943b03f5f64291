package org.brokertck.tck.faulty.queue.plain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;

/** The contents of one queue, which may outlive its instances. Used only under the lock. */
public final class Shelf {
    /** Guards this, and the instance that uses it. */
    public final ReentrantLock lock;

    /** Signalled with every change, to everyone who waits. */
    public final Condition changed;

    /** What any consumer may take, in order. */
    public final ArrayDeque<Message> ready = new ArrayDeque<>();

    /** What waits for its retry. */
    public final List<Waiting> waiting = new ArrayList<>();

    /** What consumers hold, in the order in which they took it. */
    public final Set<Delivery> inHand = new LinkedHashSet<>();

    /** The dead letters, oldest first. */
    public final ArrayDeque<DeadLetter> parked = new ArrayDeque<>();

    /** A shelf with a lock of its own. */
    public Shelf() {
        this(new ReentrantLock());
    }

    private Shelf(ReentrantLock lock) {
        this(lock, lock.newCondition());
    }

    /** A shelf that shares its lock and condition with others. */
    public Shelf(ReentrantLock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }

    /** How many places of the capacity are taken. */
    public int unsettled() {
        return ready.size() + waiting.size() + inHand.size();
    }

    /** Puts what consumers hold back to the front, in its order: nobody will settle it any more. */
    public void takeBack() {
        List<Message> held = new ArrayList<>();
        inHand.forEach(it -> held.add(it.message()));
        Collections.reverse(held);
        held.forEach(ready::addFirst);
        inHand.clear();
        changed.signalAll();
    }
}
