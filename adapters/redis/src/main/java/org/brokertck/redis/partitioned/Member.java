package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.redis.connection.Deadline;

/** One member of a group in this instance. What it owns is in the hands of the coordinator. */
final class Member implements GroupMember {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final LogParts parts;
    private final Coordinator coordinator;
    private final GroupName group;
    private final String id;
    private final RecordHandler handler;
    private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();

    /** Those of them that are to stay; the others end. */
    private final Set<Integer> kept = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean leaving = new AtomicBoolean();

    /** Whether the server knows that it leaves; for the coordinator's thread only. */
    private boolean leavingTold;

    private final CompletableFuture<Void> left = new CompletableFuture<>();

    Member(LogParts parts, Coordinator coordinator, GroupName group, String id, RecordHandler handler) {
        this.parts = parts;
        this.coordinator = coordinator;
        this.group = group;
        this.id = id;
        this.handler = handler;
    }

    GroupName group() {
        return group;
    }

    String id() {
        return id;
    }

    RecordHandler handler() {
        return handler;
    }

    boolean isLeaving() {
        return leaving.get();
    }

    boolean isLeavingTold() {
        return leavingTold;
    }

    void leavingTold() {
        leavingTold = true;
    }

    Map<Integer, OwnedPartition> owned() {
        return owned;
    }

    Set<Integer> kept() {
        return kept;
    }

    CompletableFuture<Void> left() {
        return left;
    }

    @Override
    public Set<Integer> partitions() {
        return leaving.get() ? Set.of() : Set.copyOf(kept);
    }

    @Override
    public void close() {
        beginLeaving();
        if (isHandlerThread()) {
            return;
        }
        Deadline drain = Deadline.in(parts.config().drainTimeout());
        try {
            if (!awaitHandlers(drain)) {
                cutOff();
            }
            // A handler that ignores its interrupt keeps its partition until it returns; the call does not.
            boolean unused = await(left, Deadline.in(GRACE));
        } catch (InterruptedException e) {
            cutOff();
            throw parts.failures().interrupted("leave " + group, "it is left all the same");
        }
    }

    @Override
    public void abandon() {
        beginLeaving();
        cutOff();
    }

    /** No further handler starts here. */
    void beginLeaving() {
        if (leaving.compareAndSet(false, true)) {
            kept.clear();
            owned.values().forEach(OwnedPartition::stop);
            coordinator.changed(group);
        }
    }

    /** @return how many handlers were running */
    int cutOff() {
        int running = 0;
        for (OwnedPartition each : owned.values()) {
            running += each.cutOff() ? 1 : 0;
        }
        return running;
    }

    boolean isHandlerThread() {
        return owned.values().stream().anyMatch(OwnedPartition::isHandlerThread);
    }

    boolean awaitHandlers(Deadline deadline) throws InterruptedException {
        for (OwnedPartition each : List.copyOf(owned.values())) {
            if (!await(each.handlersEnded(), deadline)) {
                return false;
            }
        }
        return true;
    }

    static boolean await(CompletableFuture<Void> end, Deadline deadline) throws InterruptedException {
        try {
            end.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return end.isDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
