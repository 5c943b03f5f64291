package org.brokertck.tck.faulty.partitioned.plain;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.brokertck.api.partitioned.DeadRecord;

/** One topic: its partitions, its groups and what they set aside. Used only under the lock of its store. */
public final class Topic {
    /** Signalled when a partition has room. */
    public final Condition room;

    /** By name. */
    public final Map<String, Group> groups = new TreeMap<>();

    /** The dead records, oldest first. */
    public final ArrayDeque<DeadRecord> parked = new ArrayDeque<>();

    private final String name;
    private final List<Partition> partitions;

    Topic(String name, int partitions, ReentrantLock lock) {
        this.name = name;
        this.room = lock.newCondition();
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(it -> new Partition(this, it))
                .toList();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its partitions, in order. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** How many those are. */
    public int size() {
        return partitions.size();
    }

    /** All groups. */
    public Collection<Group> allGroups() {
        return groups.values();
    }
}
