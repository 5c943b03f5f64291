package org.brokertck.reference.partitioned;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.partitioned.TopicMetrics;
import org.jspecify.annotations.Nullable;

/** A topic: its partitions, its groups and its dead letters. */
final class Topic {
    private final String name;
    private final Surroundings around;
    private final Partition[] partitions;
    private final ParkedRecords parked;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final AtomicInteger keyless = new AtomicInteger();

    Topic(String name, int partitions, Surroundings around, ParkedRecords parked) {
        this.name = name;
        this.around = around;
        this.parked = parked;
        this.partitions = new Partition[partitions];
        for (int i = 0; i < partitions; i++) {
            this.partitions[i] = new Partition(name, i, around);
        }
    }

    String name() {
        return name;
    }

    /** Where a record goes: by its key, or in turn when it has none (rules L-3, L-16). */
    Partition partitionOf(@Nullable String key) {
        int number = key == null
                ? Math.floorMod(keyless.getAndIncrement(), partitions.length)
                : KeyHash.partition(key, partitions.length);
        return partitions[number];
    }

    /** @throws IllegalArgumentException when there is no such partition */
    Partition partition(int number) {
        if (number < 0 || number >= partitions.length) {
            throw new IllegalArgumentException(
                    "partition is " + number + ": topic '" + name + "' has partitions 0 to " + (partitions.length - 1));
        }
        return partitions[number];
    }

    int size() {
        return partitions.length;
    }

    ParkedRecords parked() {
        return parked;
    }

    /** The group of that name; when it is new it starts where it is told. Under the lock of the groups. */
    Group group(String group, StartFrom startFrom, Membership membership) {
        return groups.computeIfAbsent(group, it -> newGroup(it, startFrom, membership));
    }

    private Group newGroup(String group, StartFrom startFrom, Membership membership) {
        PartitionLog.Start start = startFrom == StartFrom.EARLIEST ? (oldest, end) -> oldest : (oldest, end) -> end;
        List<Cursor> cursors = new ArrayList<>();
        for (Partition partition : partitions) {
            Cursor cursor = new Cursor(partition, group, parked, around);
            partition.attach(cursor, start);
            cursors.add(cursor);
        }
        return new Group(group, cursors, membership);
    }

    /** Where a group stands, by partition; empty when there is no such group. */
    Map<Integer, Long> committed(String group) {
        Map<Integer, Long> committed = new TreeMap<>();
        Group found = groups.get(group);
        if (found != null) {
            found.cursors().forEach(cursor -> committed.put(cursor.partition().number(), cursor.committed()));
        }
        return committed;
    }

    /** Sends what lingers, and refuses everything from now on. */
    void close() {
        for (Partition partition : partitions) {
            partition.close();
        }
    }

    /** Drops the retries that are still to come. */
    void dropRetries() {
        groups.values().forEach(group -> group.cursors().forEach(Cursor::close));
    }

    Collection<Group> groups() {
        return groups.values();
    }

    long batches() {
        long batches = 0;
        for (Partition partition : partitions) {
            batches += partition.batches();
        }
        return batches;
    }

    /** What was consumed is read before what was produced, so that it is never more of a record than there was. */
    TopicMetrics metrics() {
        long consumed = 0;
        long bytesConsumed = 0;
        for (Group group : groups.values()) {
            for (Cursor cursor : group.cursors()) {
                consumed += cursor.handledRecords();
                bytesConsumed += cursor.handledBytes();
            }
        }
        long produced = 0;
        long bytesProduced = 0;
        for (Partition partition : partitions) {
            produced += partition.records();
            bytesProduced += partition.bytes();
        }
        return new TopicMetrics(partitions.length, produced, consumed, bytesProduced, bytesConsumed);
    }
}
