package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.partitioned.BalancedAssignment;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that takes part in the groups: it renews leases, agrees on a plan with the other instances, acquires what the plan gives
 * to members here, and lets go of what it gives to others once its handler has ended.
 */
final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /**
     * For how long a member must be seen without a lease before it counts as dead: after the server was away all leases have run out,
     * and those who live need a moment to renew theirs.
     */
    private static final Duration DOUBT = Duration.ofMillis(1500);

    private final LogParts parts;
    private final LogCalls calls;
    private final Fetcher fetcher;
    private final Committer committer;
    private final Loop loop;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<GroupName, LocalGroup> groups = new ConcurrentHashMap<>();
    private final Set<GroupName> changed = ConcurrentHashMap.newKeySet();
    private long beatAt = System.nanoTime();

    Coordinator(LogParts parts, LogCalls calls, Fetcher fetcher, Committer committer) {
        this.parts = parts;
        this.calls = calls;
        this.fetcher = fetcher;
        this.committer = committer;
        this.loop = new Loop(parts.threadName("coordinator"), HEARTBEAT, this::look);
    }

    Loop loop() {
        return loop;
    }

    /** @return null when there is no such topic */
    @Nullable
    Member join(GroupName name, RecordHandler handler, StartFrom startFrom) {
        Member member = new Member(parts, this, name, parts.instanceName() + "-" + numbers.incrementAndGet(), handler);
        int partitions = calls.repeatable(
                "subscribe to " + name, (link, time) -> parts.groups().join(link, time, name, member.id(), startFrom));
        if (partitions == 0) {
            return null;
        }
        groups.compute(name, (key, known) -> {
            LocalGroup group = known != null ? known : new LocalGroup(key, partitions);
            group.members.add(member);
            return group;
        });
        changed(name);
        return member;
    }

    /** There may be something to do for a group. From any thread; never waits. */
    void changed(GroupName name) {
        changed.add(name);
        loop.ask();
    }

    /** News may have been missed. */
    void lookEverywhere() {
        changed.addAll(groups.keySet());
        loop.ask();
    }

    List<Member> members() {
        return groups.values().stream().flatMap(it -> it.members.stream()).toList();
    }

    private void look() throws InterruptedException {
        if (System.nanoTime() - beatAt >= HEARTBEAT.toNanos()) {
            beatAt = System.nanoTime();
            changed.addAll(groups.keySet());
        }
        for (GroupName name : List.copyOf(changed)) {
            changed.remove(name);
            LocalGroup group = groups.get(name);
            if (group == null) {
                continue;
            }
            boolean done = false;
            try {
                look(group);
                done = true;
            } finally {
                if (!done) {
                    changed.add(name);
                    // Nobody is dead for certain while the server is away.
                    group.suspects.clear();
                }
            }
        }
    }

    private void look(LocalGroup group) throws InterruptedException {
        Wire link = parts.wires().connected(Wires.Use.CONTROL, Deadline.in(LogParts.TIMEOUT));
        leave(link, group);
        groups.computeIfPresent(group.name, (name, known) -> known.members.isEmpty() ? null : known);
        List<String> ids = group.memberIds();
        if (ids.isEmpty()) {
            return;
        }
        long askedAt = System.nanoTime();
        GroupView view = parts.groups().look(link, LogParts.TIMEOUT, group.name, ids);
        group.lease.renew(askedAt);
        if (rejoined(link, group, view) || buried(link, group, view)) {
            changed(group.name);
            return;
        }
        Map<Integer, String> plan = planned(link, group, view);
        letGo(link, group, plan, view);
        acquire(link, group, plan, view);
    }

    private void leave(Caller link, LocalGroup group) {
        List<Member> leaving = group.members.stream().filter(Member::isLeaving).toList();
        Map<OwnedPartition, Member> ending = new HashMap<>();
        for (Member member : leaving) {
            if (!member.isLeavingTold()) {
                parts.groups().leave(link, LogParts.TIMEOUT, group.name, member.id());
                member.leavingTold();
            }
            member.owned().values().forEach(partition -> ending.put(partition, member));
        }
        end(link, group.name, ending);
        for (Member member : leaving) {
            if (member.owned().isEmpty()) {
                parts.groups().end(link, LogParts.TIMEOUT, group.name, member.id());
                group.members.remove(member);
                member.left().complete(null);
            }
        }
    }

    /** Has partitions end, and lets those go that have. */
    private void end(Caller link, GroupName group, Map<OwnedPartition, Member> ending) {
        List<OwnedPartition> over = new ArrayList<>();
        ending.forEach((partition, member) -> {
            member.kept().remove(partition.partition());
            fetcher.remove(partition);
            if (partition.isOver()) {
                over.add(partition);
            } else {
                partition.endThen(() -> changed(group));
            }
        });
        if (!over.isEmpty()) {
            parts.groups().release(link, LogParts.TIMEOUT, group, over);
            over.forEach(partition ->
                    Objects.requireNonNull(ending.get(partition)).owned().remove(partition.partition()));
        }
    }

    /** A member of this instance that others took for dead enters again. */
    private boolean rejoined(Caller link, LocalGroup group, GroupView view) {
        boolean any = false;
        for (Member member : group.members) {
            if (!member.isLeaving() && !view.members().contains(member.id())) {
                LOG.warn("Member {} of {} was taken for dead; it joins again", member.id(), group.name);
                int unused = parts.groups()
                        .join(
                                link,
                                LogParts.TIMEOUT,
                                group.name,
                                member.id(),
                                parts.config().startFrom());
                any = true;
            }
        }
        return any;
    }

    /** Members that have had no lease for long enough are dead: what they own is free. */
    private boolean buried(Caller link, LocalGroup group, GroupView view) {
        group.suspects.keySet().retainAll(view.lapsed());
        boolean any = false;
        for (String id : view.lapsed()) {
            if (!group.hasMember(id)
                    && group.suspects
                            .computeIfAbsent(id, key -> Deadline.in(DOUBT))
                            .passed()) {
                LOG.warn("Member {} of {} is dead; what it owned is free", id, group.name);
                parts.groups().expel(link, LogParts.TIMEOUT, group.name, id);
                any = true;
            }
        }
        return any;
    }

    private Map<Integer, String> planned(Caller link, LocalGroup group, GroupView view) {
        Map<Integer, String> next = BalancedAssignment.of(group.partitions, view.members(), view.plan());
        if (next.equals(view.plan())) {
            return view.plan();
        }
        if (parts.groups().plan(link, LogParts.TIMEOUT, group.name, view.planNumber(), next)) {
            return next;
        }
        // Somebody else was faster; that is news to come.
        return view.plan();
    }

    private void letGo(Caller link, LocalGroup group, Map<Integer, String> plan, GroupView view) {
        Map<OwnedPartition, Member> ending = new HashMap<>();
        for (Member member : group.members) {
            member.owned().forEach((number, partition) -> {
                if (!partition.owner().equals(view.owners().get(number))) {
                    partition.lose();
                }
                // One that ends does so to its end, though a later plan brings it back here: it is then acquired anew.
                if (member.isLeaving()
                        || partition.isEnding()
                        || partition.isLost()
                        || !member.id().equals(plan.get(number))) {
                    ending.put(partition, member);
                }
            });
        }
        end(link, group.name, ending);
    }

    private void acquire(Caller link, LocalGroup group, Map<Integer, String> plan, GroupView view) {
        Map<Integer, Member> wanting = new HashMap<>();
        for (Member member : group.members) {
            for (int number = 0; number < group.partitions && !member.isLeaving(); number++) {
                String owner = view.owners().get(number);
                boolean free = owner == null || owner.startsWith(member.id() + "@");
                if (free
                        && member.id().equals(plan.get(number))
                        && !member.owned().containsKey(number)) {
                    wanting.put(number, member);
                }
            }
        }
        if (wanting.isEmpty()) {
            return;
        }
        Map<Integer, String> wanted = new HashMap<>();
        wanting.forEach((number, member) -> wanted.put(number, member.id()));
        for (Claim claim : parts.groups().acquire(link, LogParts.TIMEOUT, group.name, wanted)) {
            own(group, Objects.requireNonNull(wanting.get(claim.partition())), claim);
        }
    }

    private void own(LocalGroup group, Member member, Claim claim) {
        OwnedPartition partition =
                new OwnedPartition(parts, group.name, claim, group.lease, member.handler(), fetcher, committer);
        member.owned().put(claim.partition(), partition);
        member.kept().add(claim.partition());
        if (member.isLeaving()) {
            member.kept().clear();
            partition.stop();
            changed(group.name);
        } else {
            fetcher.add(partition);
        }
    }
}
