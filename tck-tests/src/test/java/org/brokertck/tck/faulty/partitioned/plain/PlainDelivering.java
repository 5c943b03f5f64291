package org.brokertck.tck.faulty.partitioned.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.queue.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * The consumers' half of the plain broker: groups, their members and what these do. Each partition of a member has a thread, and a
 * partition's next owner starts when the thread of the one before has let go.
 */
public abstract class PlainDelivering extends PlainProducing {
    /** The members of this instance that have not left. */
    protected final List<PlainMember> members = new ArrayList<>();

    /** The workers of this instance that have not let go. */
    protected final List<Worker> workers = new ArrayList<>();

    PlainDelivering(Opening opening) {
        super(opening);
    }

    // ---- groups

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return subscribe(topic, group, handler, config().startFrom());
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        checkName("topic", topic);
        checkName("group", group);
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(startFrom, "startFrom");
        return locked(() -> {
            requireUsable(config().produceTimeout());
            Group joined = group(topic(topic), group, startFrom);
            PlainMember member = newMember(joined, handler);
            members.add(member);
            joined.members.add(member);
            rebalance(joined);
            return member;
        });
    }

    /** The group of that name, which may be new. */
    protected Group group(Topic topic, String name, StartFrom startFrom) {
        Group there = topic.groups.get(name);
        if (there != null) {
            return there;
        }
        Group created = new Group(topic, name, store().lock);
        created.slots().forEach(it -> it.committed = start(it.partition(), startFrom));
        topic.groups.put(name, created);
        return created;
    }

    /** Where a new group starts. */
    protected long start(Partition partition, StartFrom startFrom) {
        return startFrom == StartFrom.EARLIEST ? partition.first() : partition.next();
    }

    /** A member that has not joined yet. */
    protected PlainMember newMember(Group group, RecordHandler handler) {
        return new PlainMember(this, group, handler);
    }

    /** Divides the partitions anew. */
    protected void rebalance(Group group) {
        for (Slot slot : group.slots()) {
            slot.owner = group.members.isEmpty() ? null : assigned(slot, group.members);
        }
        group.slots().forEach(this::handOver);
    }

    /** Whose a partition shall be, of at least one member. */
    protected PlainMember assigned(Slot slot, List<PlainMember> all) {
        return all.get(slot.partition().number() % all.size());
    }

    /** Lets the owner of a partition begin; where another is at it still, once that one lets go. */
    protected void handOver(Slot slot) {
        if (slot.worker == null && slot.owner != null) {
            slot.owner.broker().begin(slot, slot.owner);
        } else {
            slot.work.signalAll();
        }
    }

    /** Lets a member work on a partition. */
    protected void begin(Slot slot, PlainMember member) {
        Worker worker = new Worker(this, member, slot);
        slot.worker = worker;
        workers.add(worker);
        member.workers.add(worker);
        worker.thread().start();
    }

    /** What a member is told of its partitions. */
    protected Set<Integer> partitionsOf(PlainMember member) {
        return member.held();
    }

    /** A member takes part no more; its running handlers go on. */
    protected void leave(PlainMember member) {
        if (!member.leaving) {
            member.leaving = true;
            members.remove(member);
            member.group().members.remove(member);
            rebalance(member.group());
        }
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        checkName("topic", topic);
        checkName("group", group);
        return locked(() -> {
            requireUsable(config().produceTimeout());
            Map<Integer, Long> committed = new TreeMap<>();
            Group there = topic(topic).groups.get(group);
            if (there != null) {
                there.slots().forEach(it -> committed.put(it.partition().number(), it.committed));
            }
            return committed;
        });
    }

    // ---- delivery

    /** Waits for the next record; null when the worker shall let go. Called without the lock. */
    protected @Nullable PartitionRecord take(Worker worker) {
        return locked(() -> {
            while (goesOn(worker)) {
                PartitionRecord next = mayTake(worker) ? next(worker.slot()) : null;
                if (next != null && isDue(worker.slot())) {
                    worker.busy(true);
                    return next;
                }
                awaitWork(worker.slot(), next != null);
            }
            return null;
        });
    }

    /** Whether the partition is still this worker's. */
    protected boolean goesOn(Worker worker) {
        return !closing && worker.slot().owner == worker.member() && worker.slot().worker == worker;
    }

    /** Whether anything may be taken now. */
    protected boolean mayTake(Worker worker) {
        return true;
    }

    /** The record that a group handles next; null when there is none. */
    protected @Nullable PartitionRecord next(Slot slot) {
        return slot.partition().at(slot.committed);
    }

    /** Whether it need not wait any more for its retry. */
    protected boolean isDue(Slot slot) {
        return slot.attempts == 0 || time().nanoTime() - slot.dueNanos >= 0;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitWork(Slot slot, boolean retries) {
        if (!retries) {
            slot.work.awaitUninterruptibly();
            return;
        }
        try {
            // At once when it has come due since the caller's look: nobody signals that.
            time().awaitUntil(store().lock, slot.work, slot.dueNanos);
        } catch (InterruptedException e) {
            // It was meant for a handler that has ended; the caller looks again.
        }
    }

    /** One attempt from hand-over to outcome. Called without the lock. */
    protected void attempt(Worker worker, PartitionRecord record) {
        @Nullable Throwable failure = null;
        try {
            handle(worker, delivered(worker, record));
        } catch (Throwable thrown) {
            failure = thrown;
        }
        settle(worker, record, failure);
    }

    /** Calls the handler. Called without the lock. */
    protected void handle(Worker worker, PartitionRecord record) throws Exception {
        worker.member().handler().handle(record);
    }

    /** What the handler is given of a record. Called without the lock. */
    protected PartitionRecord delivered(Worker worker, PartitionRecord record) {
        return record;
    }

    /** Notes the end of an attempt. Called without the lock. */
    protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
        locked(() -> {
            worker.busy(false);
            if (counts(worker)) {
                conclude(worker.slot(), record, failure);
            }
            return true;
        });
    }

    /** Whether what a worker's handler ended with counts. */
    protected boolean counts(Worker worker) {
        return !ended && !worker.member().cutOff && worker.slot().worker == worker;
    }

    /** Does what the outcome asks for. */
    protected void conclude(Slot slot, PartitionRecord record, @Nullable Throwable failure) {
        counted(failure == null);
        if (failure == null) {
            consumed(slot, record);
            commit(slot, record);
        } else {
            failed(slot, record, failure);
        }
    }

    /** Counts a success. */
    protected void consumed(Slot slot, PartitionRecord record) {
        Meters.Counts counts = meters.of(record.topic());
        counts.consumed++;
        counts.bytesConsumed += record.valueSize();
    }

    /** The group is done with a record. */
    protected void commit(Slot slot, PartitionRecord record) {
        commitUpTo(slot, slot.committed + 1);
    }

    /** The group goes on at that offset. */
    protected void commitUpTo(Slot slot, long offset) {
        slot.committed = offset;
        slot.attempts = 0;
        slot.group().topic().room.signalAll();
    }

    /** Has a failed record tried again, or sets it aside. */
    protected void failed(Slot slot, PartitionRecord record, Throwable failure) {
        slot.attempts++;
        if (mayRetry(slot, failure)) {
            slot.dueNanos = time().nanoTime() + delay(slot.attempts - 1).toNanos();
        } else {
            park(slot, dead(slot, record, failure));
            commit(slot, record);
        }
    }

    /** Whether one more attempt is due. */
    protected boolean mayRetry(Slot slot, Throwable failure) {
        return slot.attempts < config().deliveryLimit();
    }

    /** The delay after this attempt, from 0. */
    protected Duration delay(int attempt) {
        Backoff backoff = config().backoff();
        double share = 1 - backoff.jitter() * ThreadLocalRandom.current().nextDouble();
        return Duration.ofNanos((long) (backoff.delayAfter(attempt).toNanos() * share));
    }

    /** A worker has come to its end: its partition is free for the next. Called without the lock. */
    protected void letGo(Worker worker) {
        locked(() -> {
            workers.remove(worker);
            worker.member().workers.remove(worker);
            if (worker.member().workers.isEmpty()) {
                worker.member().noMoreWorkers();
            }
            if (worker.slot().worker == worker) {
                worker.slot().worker = null;
                handOver(worker.slot());
            }
            store().changed.signalAll();
            afterFlush();
            return true;
        });
    }

    /** Waits for something; false when interrupted, which leaves the flag set. */
    protected final boolean awaitEnd(BooleanSupplier done) {
        try {
            while (!done.getAsBoolean()) {
                store().changed.await();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for a worker to let go. Called without the lock. */
    protected abstract void join(Worker worker);

    // ---- dead letters

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        checkName("topic", topic);
        return locked(() -> {
            requireUsable(config().produceTimeout());
            return new PlainRecordDeadLetters(this, topic(topic));
        });
    }

    /** What is told of a record that is given up. */
    protected DeadRecord dead(Slot slot, PartitionRecord record, Throwable failure) {
        return new DeadRecord(record, slot.group().name(), slot.attempts, Failure.of(failure));
    }

    /** Sets a record aside. */
    protected void park(Slot slot, DeadRecord dead) {
        slot.group().topic().parked.addLast(dead);
    }

    /** The oldest dead records. */
    protected List<DeadRecord> listed(Topic topic, int limit) {
        return new ArrayList<>(topic.parked.stream().limit(limit).toList());
    }

    /** Deletes all dead records. */
    protected int purge(Topic topic) {
        int count = topic.parked.size();
        topic.parked.clear();
        return count;
    }
}
