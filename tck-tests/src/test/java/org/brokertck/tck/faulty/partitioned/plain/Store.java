package org.brokertck.tck.faulty.partitioned.plain;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The contents of one broker, which may outlive its instances and be shared by several. Used only under the lock. */
public final class Store {
    /** Guards this, and the instances that use it. */
    public final ReentrantLock lock;

    /** Signalled when a member has let go of a partition, and when a broker has come to its end. */
    public final Condition changed;

    /** By name. */
    public final Map<String, Topic> topics = new TreeMap<>();

    /** A store with a lock of its own. */
    public Store() {
        this(new ReentrantLock());
    }

    /** A store that shares its lock with others. */
    public Store(ReentrantLock lock) {
        this.lock = lock;
        this.changed = lock.newCondition();
    }
}
