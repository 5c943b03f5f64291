package org.brokertck.tck.history.partitioned;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.history.partitioned.MemberSpan.End;
import org.brokertck.tck.history.partitioned.RecordAttempt.Result;

/** A member whose attempts, joining and leaving are recorded. */
public final class RecordedMember implements GroupMember {
    private final Journal journal;
    private final RecordHandler handler;
    private volatile MemberSpan span;
    /** Comes with the return of subscribe, which a handler that uses its own member may have to wait for. */
    private final CompletableFuture<GroupMember> member = new CompletableFuture<>();

    private volatile long abandoned = Long.MAX_VALUE;

    RecordedMember(
            String name, String topic, String group, StartFrom startFrom, Journal journal, RecordHandler handler) {
        this.journal = journal;
        this.handler = handler;
        this.span = new MemberSpan(
                name,
                topic,
                group,
                startFrom,
                System.nanoTime(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                End.STAYS);
        journal.note(span);
    }

    /** Its name in the history. */
    public String name() {
        return span.member();
    }

    /** The member itself, for calls that need no record. */
    public GroupMember unrecorded() {
        return member.join();
    }

    void wrap(GroupMember opened) {
        long joined = System.nanoTime();
        note(it -> new MemberSpan(
                it.member(),
                it.topic(),
                it.group(),
                it.startFrom(),
                it.joining(),
                joined,
                it.leaving(),
                it.left(),
                it.end()));
        member.complete(opened);
    }

    void handle(PartitionRecord record) throws Exception {
        Object key = new Object();
        MemberSpan own = span;
        RecordAttempt attempt = new RecordAttempt(
                own.member(), own.group(), own.topic(), record, System.nanoTime(), Long.MAX_VALUE, Result.RUNNING, "");
        journal.note(key, attempt);
        try {
            handler.handle(record);
            end(key, attempt, Result.SUCCEEDED, "");
        } catch (Throwable failure) {
            String text = failure.getMessage() == null ? "" : failure.getMessage();
            end(key, attempt, Result.FAILED, failure.getClass().getName() + ": " + text);
            throw failure;
        }
    }

    private void end(Object key, RecordAttempt attempt, Result result, String failure) {
        long ended = System.nanoTime();
        // Before abandon has returned, the end of a handler may still count.
        boolean counts = ended <= abandoned;
        journal.note(key, attempt.ended(ended, counts ? result : Result.VOID, failure));
    }

    @Override
    public Set<Integer> partitions() {
        return member.join().partitions();
    }

    @Override
    public void close() {
        leave(End.CLOSED, GroupMember::close);
    }

    @Override
    public void abandon() {
        leave(End.ABANDONED, it -> {
            it.abandon();
            abandoned(System.nanoTime());
        });
    }

    private synchronized void abandoned(long time) {
        abandoned = Math.min(abandoned, time);
    }

    private void leave(End end, java.util.function.Consumer<GroupMember> call) {
        long leaving = System.nanoTime();
        note(it -> leaving(it, Math.min(it.leaving(), leaving), it.left(), it.end() == End.STAYS ? end : it.end()));
        call.accept(member.join());
        long left = System.nanoTime();
        note(it -> leaving(it, it.leaving(), Math.min(it.left(), left), it.end()));
    }

    private static MemberSpan leaving(MemberSpan it, long leaving, long left, End end) {
        return new MemberSpan(
                it.member(), it.topic(), it.group(), it.startFrom(), it.joining(), it.joined(), leaving, left, end);
    }

    private void note(java.util.function.UnaryOperator<MemberSpan> change) {
        synchronized (journal) {
            span = change.apply(span);
            journal.note(span);
        }
    }
}
