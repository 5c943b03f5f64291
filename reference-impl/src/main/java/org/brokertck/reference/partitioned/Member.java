package org.brokertck.reference.partitioned;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.RecordHandler;

/** One member of a group, with the partitions that are its own now and the thread that serves them. */
final class Member implements GroupMember {
    private final Group group;
    private final RecordHandler handler;
    private final Worker worker;
    private final Departure departure;
    /** Replaced under the lock of the groups. */
    private volatile Assignment[] assignments = {};

    private volatile boolean left;

    Member(Group group, RecordHandler handler, Membership membership) {
        this.group = group;
        this.handler = handler;
        this.worker = new Worker(
                this, membership.newThreadName(), membership.around().config().batchSize());
        this.departure = membership.newDeparture(
                "member of group '" + group.name() + "'",
                () -> Arrays.asList(assignments),
                () -> List.of(worker.thread()),
                Assignment.Order.CUT);
    }

    @Override
    public Set<Integer> partitions() {
        Set<Integer> mine = new TreeSet<>();
        if (!left) {
            for (Assignment assignment : assignments) {
                mine.add(assignment.cursor().partition().number());
            }
        }
        return mine;
    }

    @Override
    public void close() {
        group.leave(this);
        if (Thread.currentThread() != worker.thread()) {
            departure.awaitEnd();
        }
    }

    @Override
    public void abandon() {
        group.abandon(this);
    }

    /** Under the lock of the groups. */
    void give(Assignment assignment) {
        Assignment[] more = Arrays.copyOf(assignments, assignments.length + 1);
        more[assignments.length] = assignment;
        assignments = more;
        worker.start();
        wake();
    }

    /** Under the lock of the groups. */
    void take(Assignment ended) {
        assignments = Arrays.stream(assignments).filter(it -> it != ended).toArray(Assignment[]::new);
        departure.assignmentEnded();
        wake();
    }

    /** The partitions go as soon as their handlers have returned. Under the lock of the groups. */
    void leave() {
        left = true;
        wake();
    }

    boolean hasLeft() {
        return left;
    }

    /** Whether it has left and has no partition any more. */
    boolean isGone() {
        return left && assignments.length == 0;
    }

    Assignment[] assignments() {
        return assignments;
    }

    RecordHandler handler() {
        return handler;
    }

    Departure departure() {
        return departure;
    }

    Thread thread() {
        return worker.thread();
    }

    void wake() {
        worker.wake();
    }
}
