package org.brokertck.reference.partitioned;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.partitioned.RecordHandler;
import org.jspecify.annotations.Nullable;

/**
 * A group of one topic: a cursor for each partition, and the members that divide them. It stays when its members leave. Everything
 * here happens under the lock of the groups; none of it waits.
 */
final class Group {
    private final String name;
    private final List<Cursor> cursors;
    private final Membership membership;
    /** Also read without the lock. */
    private final List<Member> members = new CopyOnWriteArrayList<>();
    /** Who shall have each partition; who has it is in its cursor. */
    private List<@Nullable Member> targets;

    Group(String name, List<Cursor> cursors, Membership membership) {
        this.name = name;
        this.cursors = cursors;
        this.membership = membership;
        this.targets = Collections.nCopies(cursors.size(), null);
    }

    String name() {
        return name;
    }

    List<Cursor> cursors() {
        return cursors;
    }

    /** The number of members now. */
    int size() {
        return (int) members.stream().filter(member -> !member.hasLeft()).count();
    }

    /** Takes in a member and divides the partitions anew. */
    Member join(RecordHandler handler) {
        Member member = new Member(this, handler, membership);
        members.add(member);
        membership.joined(member);
        rebalance();
        return member;
    }

    /** A member wants to leave; does nothing the second time. */
    void leave(Member member) {
        membership.step(() -> {
            if (remove(member)) {
                member.departure().beginWithin(membership.around().config().drainTimeout());
                rebalance();
            }
        });
    }

    /** A member is as good as dead. */
    void abandon(Member member) {
        membership.step(() -> {
            boolean removed = remove(member);
            member.departure().endNow(Assignment.Order.ABANDON);
            if (removed) {
                rebalance();
            }
        });
    }

    private boolean remove(Member member) {
        member.leave();
        return members.remove(member);
    }

    /** An assignment has ended: its partition goes to whom it was meant for. */
    void ended(Assignment assignment) {
        membership.step(() -> {
            assignment.cursor().ownedBy(null);
            membership.ended(assignment);
            assignment.member().take(assignment);
            giveIfFree(assignment.cursor());
        });
    }

    private void rebalance() {
        targets = Balance.divide(targets, members);
        for (Cursor cursor : cursors) {
            Assignment current = cursor.owner();
            if (current != null && current.member() != targetOf(cursor)) {
                current.order(Assignment.Order.LEAVE);
            }
            giveIfFree(cursor);
        }
    }

    private void giveIfFree(Cursor cursor) {
        Member target = targetOf(cursor);
        if (cursor.owner() == null && target != null && !target.hasLeft()) {
            Assignment assignment = new Assignment(this, target, cursor, membership.around());
            cursor.ownedBy(assignment);
            membership.began(assignment);
            target.give(assignment);
        }
    }

    private @Nullable Member targetOf(Cursor cursor) {
        return targets.get(cursor.partition().number());
    }
}
