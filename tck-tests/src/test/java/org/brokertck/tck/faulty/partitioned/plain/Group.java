package org.brokertck.tck.faulty.partitioned.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One group of one topic: who belongs to it, and where it stands. Used only under the lock of its store. */
public final class Group {
    /** Those that take part in the division, in the order in which they came. */
    public final List<PlainMember> members = new ArrayList<>();

    private final Topic topic;
    private final String name;
    private final List<Slot> slots;

    Group(Topic topic, String name, ReentrantLock lock) {
        this.topic = topic;
        this.name = name;
        this.slots = topic.partitions().stream()
                .map(it -> new Slot(this, it, lock.newCondition()))
                .toList();
    }

    /** Its topic. */
    public Topic topic() {
        return topic;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its place in each partition. */
    public List<Slot> slots() {
        return slots;
    }

    /** Its place in that partition. */
    public Slot slot(int partition) {
        return slots.get(partition);
    }
}
