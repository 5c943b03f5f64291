package org.brokertck.tck.faulty.pubsub.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the instances of one name share: a lock, and that each hears what any of them publishes. Used only under the lock. */
public final class Line {
    /** Guards this, and all instances on it. */
    public final ReentrantLock lock;

    /** Signalled with every change, to everyone who waits. */
    public final Condition changed;

    /** The open instances. */
    public final List<PlainPubSub> instances = new ArrayList<>();

    /** A line with a lock of its own. */
    public Line() {
        this(new ReentrantLock());
    }

    private Line(ReentrantLock lock) {
        this(lock, lock.newCondition());
    }

    /** A line that shares its lock and condition with others. */
    public Line(ReentrantLock lock, Condition changed) {
        this.lock = lock;
        this.changed = changed;
    }
}
