package org.brokertck.redis.partitioned;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.adapter.partitioned.PartitionRunner;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A partition for as long as one member owns it: what was fetched and is handled, and how far that has come. */
final class OwnedPartition implements PartitionRunner.Outcomes {
    /** How many records are fetched ahead, and below how many more are fetched. */
    static final int MOST_AHEAD = 500;

    private static final int FEW = 100;
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

    private final LogParts parts;
    private final GroupName group;
    private final Claim claim;
    private final Lease lease;
    private final RecordHandler handler;
    private final Fetcher fetcher;
    private final Committer committer;
    private final PartitionRunner runner;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();

    /** Where to fetch on, and whether there may be something. */
    private long fetchFrom;

    private boolean mayHaveMore = true;

    /** How far the handler has come, and how far the server knows. */
    private long handledUpTo;

    private long committedUpTo;
    private int attemptsToNote;
    private boolean ended;
    private boolean lost;

    OwnedPartition(
            LogParts parts,
            GroupName group,
            Claim claim,
            Lease lease,
            RecordHandler handler,
            Fetcher fetcher,
            Committer committer) {
        this.parts = parts;
        this.group = group;
        this.claim = claim;
        this.lease = lease;
        this.handler = handler;
        this.fetcher = fetcher;
        this.committer = committer;
        this.fetchFrom = claim.offset();
        this.handledUpTo = claim.offset();
        this.committedUpTo = claim.offset();
        this.runner =
                new PartitionRunner(group.group(), parts.config(), this::handle, this, parts.handlers(), parts.timer());
        runner.resumeAfter(claim.attempts());
    }

    GroupName group() {
        return group;
    }

    int partition() {
        return claim.partition();
    }

    String owner() {
        return claim.owner();
    }

    boolean isHandlerThread() {
        return runner.isHandlerThread();
    }

    /** There may be new records. */
    void news() {
        lock.lock();
        try {
            mayHaveMore = true;
        } finally {
            lock.unlock();
        }
    }

    /** What to fetch, if there is anything to fetch and not enough is here. */
    @Nullable
    Wanted wanted() {
        int waiting = runner.size();
        lock.lock();
        try {
            if (!mayHaveMore || lost || waiting > FEW) {
                return null;
            }
            mayHaveMore = false;
            return new Wanted(group.topic(), partition(), fetchFrom, MOST_AHEAD);
        } finally {
            lock.unlock();
        }
    }

    /**
     * More was fetched.
     *
     * @param answered what was asked for
     * @param next where to go on; beyond the records when what is none of ours was skipped
     */
    void fetched(Wanted answered, List<PartitionRecord> records, long next) {
        lock.lock();
        try {
            if (answered.from() != fetchFrom) {
                return;
            }
            fetchFrom = next;
            mayHaveMore = true;
        } finally {
            lock.unlock();
        }
        runner.offer(records);
    }

    /**
     * No further handler starts. Over when the last has ended and the server knows how far it came, or this is not the owner any more.
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
                committer.note(this);
            });
        }
    }

    /** Stops, and has something done when that is over; once. */
    void endThen(Runnable next) {
        stop();
        if (awaited.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = over.thenRun(next);
        }
    }

    /** Whether {@link #stop()} was called. */
    boolean isEnding() {
        return stopping.get();
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
        LOG.warn("Partition {} of {} was taken from {}", partition(), group, claim.owner());
        boolean unused = runner.cutOff();
        CompletableFuture<Void> unusedToo = runner.stop().thenRun(() -> over.complete(null));
    }

    /** What the server is to be told; null when it knows. */
    @Nullable
    Progress progress() {
        lock.lock();
        try {
            if (lost || (handledUpTo <= committedUpTo && attemptsToNote == 0)) {
                return null;
            }
            return new Progress(group, partition(), claim.owner(), handledUpTo, attemptsToNote);
        } finally {
            lock.unlock();
        }
    }

    /** The server was told. */
    void committed(Progress told) {
        lock.lock();
        try {
            committedUpTo = Math.max(committedUpTo, told.offset());
            if (handledUpTo == told.offset() && attemptsToNote == told.attempts()) {
                attemptsToNote = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes the end when nothing is left to do. */
    void endIfDone() {
        boolean done;
        lock.lock();
        try {
            done = ended && (lost || handledUpTo <= committedUpTo);
        } finally {
            lock.unlock();
        }
        if (done) {
            over.complete(null);
        }
    }

    @Override
    public void handled(PartitionRecord record) {
        parts.figures().consumed(group.topic(), record.valueSize());
        moveOn(record.offset() + 1);
    }

    @Override
    public void failed(PartitionRecord record, int attempts) {
        parts.figures().attemptFailed();
        lock.lock();
        try {
            // What was skipped or trimmed before this record is behind it too.
            handledUpTo = Math.max(handledUpTo, record.offset());
            attemptsToNote = attempts;
        } finally {
            lock.unlock();
        }
        committer.note(this);
    }

    @Override
    public boolean setAside(DeadRecord dead) {
        if (!committer.bury(this, dead)) {
            return false;
        }
        moveOn(dead.record().offset() + 1);
        return true;
    }

    @Override
    public void taken(int left) {
        if (left == FEW || left == 0) {
            fetcher.ask();
        }
    }

    boolean isLost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private void handle(PartitionRecord record) throws Exception {
        lease.awaitValid();
        handler.handle(record);
    }

    private void moveOn(long offset) {
        lock.lock();
        try {
            handledUpTo = offset;
            attemptsToNote = 0;
        } finally {
            lock.unlock();
        }
        committer.note(this);
    }
}
