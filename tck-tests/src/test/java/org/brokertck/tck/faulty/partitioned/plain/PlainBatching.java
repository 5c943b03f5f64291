package org.brokertck.tck.faulty.partitioned.plain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.jspecify.annotations.Nullable;

/**
 * Gathers accepted records into batches: one is sent when it is full or its first record has lingered long enough, by the one thread
 * that also tells the producers.
 */
public abstract class PlainBatching extends PlainTopics {
    /** What was accepted and is not yet sent, in order. */
    protected final ArrayDeque<Pending> gathered = new ArrayDeque<>();

    /** The batch that is being sent. */
    protected final List<Pending> sending = new ArrayList<>();

    /** Signalled when the sender has something to do. */
    protected final Condition toSend;

    private final ArrayDeque<Runnable> toTell = new ArrayDeque<>();
    private @Nullable Thread sender;

    PlainBatching(Opening opening) {
        super(opening);
        this.toSend = opening.store().lock.newCondition();
    }

    /** Sees to it that there is a sender. */
    final void startSender() {
        if (sender == null) {
            sender = new Thread(this::send, "plain-" + name() + "-sender");
            sender.setDaemon(true);
            sender.start();
        }
    }

    private void send() {
        for (List<Runnable> tell = nextToTell(); !tell.isEmpty(); tell = nextToTell()) {
            tell.forEach(Runnable::run);
        }
    }

    private List<Runnable> nextToTell() {
        return locked(() -> {
            flushRipe();
            while (toTell.isEmpty() && !(closing && gathered.isEmpty())) {
                toSend.awaitUninterruptibly();
                flushRipe();
            }
            List<Runnable> all = List.copyOf(toTell);
            toTell.clear();
            return all;
        });
    }

    /** Whether a batch is to be sent now. */
    protected boolean isRipe() {
        return !gathered.isEmpty() && (closing || gathered.size() >= config().batchSize() || lingered());
    }

    /** Whether the batch has waited long enough. */
    protected boolean lingered() {
        return time().nanoTime() - gathered.getFirst().acceptedNanos() >= linger().toNanos();
    }

    /** How long a record waits for others. */
    protected Duration linger() {
        return config().linger();
    }

    /** Sends what is ripe. */
    protected void flushRipe() {
        boolean flushed = false;
        while (isRipe()) {
            for (int i = 0; i < config().batchSize() && !gathered.isEmpty(); i++) {
                sending.add(gathered.removeFirst());
            }
            send(sending);
            sending.clear();
            flushed = true;
        }
        if (flushed) {
            arm();
        }
        afterFlush();
    }

    /** Something was sent, or nothing needed to be. */
    protected abstract void afterFlush();

    /** For a first record that was not ripe when last looked at; it may be by now, and nobody looks again but for this. */
    final void arm() {
        if (!gathered.isEmpty()) {
            time().schedule(
                            Duration.ofNanos(Math.max(0, untilLingered())),
                            () -> locked(() -> {
                                lingerOver();
                                return true;
                            }));
        }
    }

    private long untilLingered() {
        return gathered.getFirst().acceptedNanos() + linger().toNanos() - time().nanoTime();
    }

    /** The first record has lingered. */
    protected void lingerOver() {
        flushRipe();
        if (!gathered.isEmpty() && untilLingered() > 0) {
            arm(); // The first record was withdrawn, and another one is the first now.
        }
        toSend.signal();
    }

    /** Sends a batch. */
    protected void send(List<Pending> batch) {
        meters.batches++;
        batch.forEach(this::append);
    }

    /** Appends a record, and has its producer told. */
    protected void append(Pending it) {
        Partition partition = it.partition();
        release(it);
        if (it.withdrawn) {
            return;
        }
        it.appended = true;
        Position position = new Position(partition.number(), partition.next());
        partition.append(record(partition, position, it));
        while (partition.size() > config().partitionCapacity() && partition.first() < partition.handled()) {
            partition.forgetOldest();
        }
        partition
                .topic()
                .allGroups()
                .forEach(group -> group.slot(partition.number()).work.signal());
        produced(it);
        Position told = told(partition, position);
        tell(() -> it.future().complete(told));
    }

    /** The record as it lies in its partition. */
    protected PartitionRecord record(Partition partition, Position position, Pending pending) {
        return PartitionRecord.of(
                partition.topic().name(), position, time().now().toEpochMilli(), pending.message());
    }

    /** What the producer is told. */
    protected Position told(Partition partition, Position position) {
        return position;
    }

    /** Has a producer told by the sender. */
    protected void tell(Runnable told) {
        toTell.addLast(told);
        toSend.signal();
    }

    /** Refuses a record that was accepted. */
    protected void fail(Pending pending, RuntimeException refusal) {
        pending.withdrawn = true;
        counted(false);
        tell(() -> pending.future().completeExceptionally(refusal));
    }

    /** Gives up the place that a record was promised. */
    protected void release(Pending pending) {
        pending.partition().promised--;
        pending.partition().topic().room.signalAll();
    }

    /** Counts a produce. */
    protected void produced(Pending pending) {
        int bytes = pending.message().valueSize();
        Meters.Counts counts = meters.of(pending.partition().topic().name());
        counts.produced++;
        counts.bytesProduced += bytes;
        Meters.Share now = meters.now(time().nanoTime());
        now.records++;
        now.bytes += bytes;
        now.calls++;
        meters.took(time().nanoTime() - pending.startNanos());
    }

    /** The thread that sends; null when nothing was produced. */
    protected final @Nullable Thread sender() {
        return sender;
    }
}
