package org.brokertck.reference.partitioned;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/**
 * The slow way into a partition, under its lock: for records that find no room, and for all when they linger. Whoever makes room
 * lets in who waits for it, in the order in which they came; while somebody waits, everybody comes this way, so that nobody is
 * overtaken.
 */
final class Intake {
    /** How long a producer gives way to readers, at most and while no record is handled. In time, since a yield may take a slice of it. */
    private static final long MOST_NANOS = 5_000_000;

    private static final long MOST_IDLE_NANOS = 50_000;
    /** The part of a partition that is worth waiting for. */
    private static final int GOOD_PART = 8;

    private final String what;
    private final Surroundings around;
    private final PartitionLog log;
    private final Batch batch;
    private final int goodRoom;
    private final boolean waitsForRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private boolean closed;
    /** Read without the lock by whoever may have made room. */
    private volatile boolean someoneWaits;

    Intake(String topic, int partition, Surroundings around, PartitionLog log) {
        this.what = "partition " + partition + " of topic '" + topic + "'";
        this.around = around;
        this.log = log;
        this.batch = new Batch(partition, lock, around, log);
        this.goodRoom = Math.max(1, around.config().partitionCapacity() / GOOD_PART);
        this.waitsForRoom = !around.config().produceTimeout().isZero();
    }

    /** Appends a record, waiting for room and, where records linger, for its batch to be sent. */
    long append(@Nullable String key, byte[] value, Map<String, String> headers) {
        yieldToReaders();
        lock.lock();
        try {
            Entry entry = enter(key, value, headers, null);
            awaitSent(entry);
            return entry.offset();
        } finally {
            lock.unlock();
        }
    }

    /** Appends a record, waiting for room only. */
    CompletableFuture<Position> appendAsync(@Nullable String key, byte[] value, Map<String, String> headers) {
        CompletableFuture<Position> future = new CompletableFuture<>();
        lock.lock();
        try {
            enter(key, value, headers, future);
        } finally {
            lock.unlock();
        }
        return future;
    }

    /** Whether {@link #admit()} is worth its lock. */
    boolean someoneWaits() {
        return someoneWaits;
    }

    /** Lets in whoever has room now. */
    void admit() {
        lock.lock();
        try {
            admitAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in a reader, as {@link PartitionLog#attach} does. */
    void attach(Cursor cursor, PartitionLog.Start start) {
        lock.lock();
        try {
            log.attach(cursor, start);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what has gathered, turns away who waits, and from now on everybody. */
    void close() {
        lock.lock();
        try {
            closed = true;
            batch.send();
            log.close();
            waiting.forEach(entry -> entry.changed.signal());
            waiting.clear();
            someoneWaits = false;
        } finally {
            lock.unlock();
        }
    }

    /** How many batches were sent, where records linger. */
    long batches() {
        lock.lock();
        try {
            return batch.sent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives way to readers that are making room, until there is a good part of it: to be let in one by one costs each record two
     * changes of threads. Where readers stand still, or somebody waits already, this returns at once or soon.
     */
    private void yieldToReaders() {
        if (around.lingers() || !waitsForRoom) {
            return;
        }
        long begun = System.nanoTime();
        long progress = begun;
        long now = begun;
        long before = log.room();
        while (before < goodRoom && !someoneWaits && now - begun < MOST_NANOS && now - progress < MOST_IDLE_NANOS) {
            Thread.yield();
            now = System.nanoTime();
            long room = log.room();
            if (room != before) {
                progress = now;
                before = room;
            }
        }
    }

    private Entry enter(
            @Nullable String key,
            byte[] value,
            Map<String, String> headers,
            @Nullable CompletableFuture<Position> future) {
        requireOpen();
        long deadline =
                around.time().nanoTime() + around.config().produceTimeout().toNanos();
        Entry entry = new Entry(key, value, headers, deadline, lock.newCondition(), future);
        // Before the look at the room: who makes some after that look sees that someone waits.
        someoneWaits = true;
        if (waiting.isEmpty() && take(entry)) {
            admitAll();
        } else {
            waiting.addLast(entry);
            awaitRoom(entry);
        }
        return entry;
    }

    /** Hands room out to those who wait, and what is left of it to all. One whose deadline is reached gets none. */
    private void admitAll() {
        if (closed) {
            return;
        }
        long now = waiting.isEmpty() ? 0 : around.time().nanoTime();
        while (!waiting.isEmpty() && (waiting.getFirst().deadlineNanos - now <= 0 || take(waiting.getFirst()))) {
            waiting.removeFirst();
        }
        boolean open = waiting.isEmpty();
        log.openUpTo(open && !around.lingers() ? log.newBound() : 0);
        someoneWaits = !open;
    }

    private boolean take(Entry entry) {
        return around.lingers() ? batch.gather(entry) : appendNow(entry);
    }

    private boolean appendNow(Entry entry) {
        long offset = log.tryAppendBelow(
                log.newBound(),
                entry.key,
                entry.value,
                entry.headers,
                around.time().millis());
        if (offset == PartitionLog.NO_ROOM) {
            return false;
        }
        entry.sent(offset);
        return true;
    }

    private void awaitRoom(Entry entry) {
        boolean inTime = true;
        boolean interrupted = false;
        try {
            while (inTime && !entry.hasRoom() && !closed) {
                inTime = around.time().awaitUntil(lock, entry.changed, entry.deadlineNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        }
        if (entry.hasRoom()) {
            return; // Also when interrupted at the same moment: the record is in.
        }
        waiting.remove(entry);
        if (interrupted) {
            around.produceFailed();
            throw new OperationInterruptedException(
                    "Interrupted while waiting for room in " + what + ": the record was not taken");
        }
        requireOpen();
        around.produceFailed();
        Duration timeout = around.config().produceTimeout();
        throw new QueueFullException("No room in " + what + ": the "
                + around.config().partitionCapacity()
                + " records in it wait for a group, and none was committed within " + timeout
                + ": consume faster, or raise partitionCapacity or produceTimeout");
    }

    /** Waits until the batch of a record is sent, which its alarm sees to. An interrupt takes the record out of the batch. */
    private void awaitSent(Entry entry) {
        try {
            while (!entry.isSent()) {
                entry.changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!entry.isSent()) {
                batch.remove(entry);
                admitAll();
                around.produceFailed();
                throw new OperationInterruptedException(
                        "Interrupted while waiting for a batch of " + what + " to be sent: the record was not taken");
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Broker '" + around.name() + "' is shut down: open a new one");
        }
    }
}
