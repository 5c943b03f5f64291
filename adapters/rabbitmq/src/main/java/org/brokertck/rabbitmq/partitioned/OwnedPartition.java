package org.brokertck.rabbitmq.partitioned;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.adapter.partitioned.PartitionRunner;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partition for as long as one member owns it: what was fetched and is handled, and how far that has come. */
final class OwnedPartition implements PartitionRunner.Outcomes {
    /** How many records are fetched ahead, and below how many more are fetched. */
    private static final int AHEAD = 100;

    private static final int FEW = 50;
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

    private final LogParts parts;
    private final Sender sender;
    private final Lease lease;
    private final Member member;
    private final int partition;
    private final PartitionRunner runner;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Feed feed;
    /** How far the handler has come, and how far the journal says. */
    private long handledUpTo;

    private long committedUpTo;
    private int attemptsToNote;
    /** Whether a commit is under way. */
    private boolean committing;

    private boolean ended;
    private boolean lost;

    OwnedPartition(LogParts parts, Sender sender, Lease lease, Member member, int partition, Claim claim) {
        this.parts = parts;
        this.sender = sender;
        this.lease = lease;
        this.member = member;
        this.partition = partition;
        this.handledUpTo = claim.offset();
        this.committedUpTo = claim.offset();
        this.runner = new PartitionRunner(
                member.group().group(), parts.config, this::handle, this, parts.handlers, parts.timer);
        runner.resumeAfter(claim.attempts());
    }

    /** The partition has its stream: begins to read where the group stands. For the coordinator's thread only. */
    void read(String stream) {
        if (feed != null || stopping.get()) {
            return;
        }
        // The first entry is the header.
        feed = new Feed(
                stream, handledUpTo + 1, AHEAD, () -> runner.size() <= FEW, this::fetched, parts.feeder.loop()::ask);
        parts.feeder.add(feed);
    }

    /** Ends the reading. For the coordinator's thread only. */
    void readNoMore() {
        if (feed != null) {
            parts.feeder.remove(feed);
        }
    }

    boolean isHandlerThread() {
        return runner.isHandlerThread();
    }

    /**
     * No further handler starts. Over when the last has ended and the journal says how far it came, or this is not the owner any more.
     */
    void stop() {
        if (stopping.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = runner.stop().thenRun(() -> {
                lock.lock();
                try {
                    ended = true;
                } finally {
                    lock.unlock();
                }
                commit();
            });
        }
    }

    /** Whether it is on the way to its end. */
    boolean isStopping() {
        return stopping.get();
    }

    /** Stops, and has something done when that is over; once. */
    void endThen(Runnable next) {
        stop();
        if (awaited.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = over.thenRun(next);
        }
    }

    /** Whether {@link #stop()} has come to its end. */
    boolean isOver() {
        return over.isDone();
    }

    /** Completes when the last handler has ended; after {@link #stop()} only. */
    CompletableFuture<Void> handlersEnded() {
        return runner.stop();
    }

    /** Stops, interrupts the handler and lets its outcome count no more. @return whether one was running */
    boolean cutOff() {
        return runner.cutOff();
    }

    /** It is another member's now, or nobody's: nothing that still happens here counts. */
    void lose() {
        lock.lock();
        try {
            if (lost) {
                return;
            }
            lost = true;
        } finally {
            lock.unlock();
        }
        LOG.warn("Partition {} of {} was taken from {}", partition, member.group(), member.id());
        stopping.set(true);
        boolean unused = runner.cutOff();
        CompletableFuture<Void> unusedToo = runner.stop().thenRun(() -> over.complete(null));
    }

    @Override
    public void handled(PartitionRecord record) {
        parts.figures.consumed(member.group().topic(), record.valueSize());
        moveOn(record.offset() + 1);
        commit();
    }

    @Override
    public void failed(PartitionRecord record, int attempts) {
        parts.figures.attemptFailed();
        lock.lock();
        try {
            // What was none of ours before this record is behind it too.
            handledUpTo = Math.max(handledUpTo, record.offset());
            attemptsToNote = attempts;
        } finally {
            lock.unlock();
        }
        commit();
    }

    @Override
    public boolean setAside(DeadRecord dead) {
        long offset = dead.record().offset();
        CompletableFuture<Long> told = parts.journal.append(
                new Fact.Buried(member.group(), partition, member.id(), offset, dead.attempts(), dead.failure()));
        boolean kept = isTrue(told);
        if (!kept) {
            lose();
            return false;
        }
        moveOn(offset + 1);
        committed(offset + 1, 0);
        return true;
    }

    @Override
    public void taken(int left) {
        if (left == FEW || left == 0) {
            parts.feeder.loop().ask();
        }
    }

    private void fetched(long place, byte[] body) {
        long offset = place - 1;
        // First, so that nobody sees a record handled that is not counted as produced.
        sender.seen(RecordCodec.origin(body), offset);
        try {
            runner.offer(List.of(RecordCodec.decode(member.group().topic(), partition, offset, body)));
        } catch (IllegalArgumentException e) {
            LOG.warn("Offset {} of partition {} of {} is passed over", offset, partition, member.group(), e);
        }
    }

    private void handle(PartitionRecord record) throws Exception {
        lease.awaitValid();
        member.handler().handle(record);
    }

    private void moveOn(long offset) {
        lock.lock();
        try {
            handledUpTo = offset;
            attemptsToNote = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the journal how far the handler has come, unless that is under way; then the next commit tells it. */
    private void commit() {
        Fact.Committed fact;
        boolean done;
        lock.lock();
        try {
            boolean some = !lost && (handledUpTo > committedUpTo || attemptsToNote > 0);
            done = ended && !some;
            if (!some || committing) {
                fact = null;
            } else {
                committing = true;
                fact = new Fact.Committed(member.group(), partition, member.id(), handledUpTo, attemptsToNote);
            }
        } finally {
            lock.unlock();
        }
        if (done) {
            over.complete(null);
        }
        if (fact != null) {
            Fact.Committed told = fact;
            CompletableFuture<Long> unused = parts.journal.append(told).whenComplete((accepted, atTheEnd) -> {
                if (atTheEnd == null) {
                    told(told, accepted);
                }
            });
        }
    }

    private void told(Fact.Committed fact, long accepted) {
        if (accepted == 0) {
            lose();
        } else {
            committed(fact.offset(), fact.attempts());
        }
        lock.lock();
        try {
            committing = false;
        } finally {
            lock.unlock();
        }
        commit();
    }

    private void committed(long offset, int attempts) {
        lock.lock();
        try {
            committedUpTo = Math.max(committedUpTo, offset);
            if (handledUpTo == offset && attemptsToNote == attempts) {
                attemptsToNote = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what the journal tells, whoever interrupts: a record is set aside or it is not. */
    private static boolean isTrue(CompletableFuture<Long> told) {
        while (true) {
            try {
                return told.get() == 1;
            } catch (InterruptedException e) {
                LOG.trace("Interrupted while a record is set aside");
            } catch (ExecutionException atTheEnd) {
                return false;
            }
        }
    }
}
