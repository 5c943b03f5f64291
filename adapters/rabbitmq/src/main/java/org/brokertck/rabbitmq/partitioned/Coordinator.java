package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.partitioned.Lease;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.rabbitmq.connection.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes the members of this instance do what follows from the journal: begin with what they came to own, end what is
 * planned for others, and tell the journal when that has ended.
 */
final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final LogParts parts;
    private final Sender sender;
    private final Lease lease;
    private final Loop loop;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<GroupName, List<Member>> groups = new ConcurrentHashMap<>();
    private final Set<GroupName> changed = ConcurrentHashMap.newKeySet();

    Coordinator(LogParts parts, Sender sender, Lease lease) {
        this.parts = parts;
        this.sender = sender;
        this.lease = lease;
        this.loop = new Loop("coordinator", parts.threads::helper, INTERVAL, this::look);
    }

    Loop loop() {
        return loop;
    }

    /** Makes a member of a group, and the group when there is none. */
    Member join(GroupName name, RecordHandler handler, StartFrom startFrom) {
        Member member = new Member(parts, this, name, numbers.incrementAndGet(), handler);
        String asked = "subscribe to " + name;
        Fact joined = new Fact.Joined(name, member.id());
        if (!parts.journal.state().hasGroup(name)) {
            parts.journal.sync(parts.patience());
        }
        boolean known = parts.journal.state().hasGroup(name);
        Fact[] facts = known
                ? new Fact[] {joined}
                : new Fact[] {new Fact.GroupMade(name, startFrom == StartFrom.LATEST ? ends(name) : Map.of()), joined};
        // Known first, so that it is here when the journal says that it owns something.
        groups.compute(name, (key, members) -> {
            List<Member> all = members != null ? members : new CopyOnWriteArrayList<>();
            all.add(member);
            return all;
        });
        boolean done = false;
        try {
            long unused = parts.journal.tell(asked, parts.patience(), facts);
            done = true;
            member.joined();
        } finally {
            if (!done) {
                member.beginLeaving();
            }
        }
        return member;
    }

    /** The offsets of the records that come next. */
    private Map<Integer, Long> ends(GroupName name) {
        Map<Integer, Long> ends = new HashMap<>();
        int partitions = parts.journal.state().partitions(name.topic());
        for (int partition = 0; partition < partitions; partition++) {
            String stream = parts.journal.state().stream(name.topic(), partition);
            if (stream != null) {
                Deadline deadline = Deadline.in(parts.patience());
                // The first entry is the header: the place of the last one is the offset of the next record.
                ends.put(partition, parts.desk.<Long>ask(channel -> StreamReads.end(channel, stream, deadline)));
            }
        }
        return ends;
    }

    /** A fact of the journal has come true. From any thread; never waits. */
    void onFact(Fact fact) {
        GroupName group = groupOf(fact);
        if (group != null) {
            changed(group);
        } else if (fact instanceof Fact.StreamMade made) {
            groups.keySet().stream()
                    .filter(name -> name.topic().equals(made.topic()))
                    .forEach(this::changed);
        } else if (fact instanceof Fact.Expelled) {
            groups.keySet().forEach(this::changed);
        }
    }

    private static @Nullable GroupName groupOf(Fact fact) {
        if (fact instanceof Fact.Joined it) {
            return it.group();
        } else if (fact instanceof Fact.Left it) {
            return it.group();
        } else if (fact instanceof Fact.Released it) {
            return it.group();
        }
        return null;
    }

    /** There may be something to do for a group. From any thread; never waits. */
    void changed(GroupName name) {
        if (groups.containsKey(name)) {
            changed.add(name);
            loop.ask();
        }
    }

    List<Member> members() {
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private void look() {
        for (GroupName name : List.copyOf(changed)) {
            // Before the look: what changes from now on is looked at again.
            changed.remove(name);
            boolean done = false;
            try {
                groups.getOrDefault(name, List.of()).forEach(this::look);
                done = true;
            } finally {
                if (!done) {
                    changed.add(name);
                }
            }
        }
    }

    private void look(Member member) {
        GroupName group = member.group();
        // Before the view: what is released meanwhile is left alone, since the view may say that it is still owned.
        Set<Integer> releasing = Set.copyOf(member.releasing());
        MemberView view = parts.journal.state().hasGroup(group)
                ? parts.journal.state().look(group, it -> MemberView.of(it, member.id()))
                : new MemberView(false, Set.of(), Set.of());
        member.owned().forEach((number, partition) -> {
            if (!releasing.contains(number)) {
                tend(member, view, number, partition);
            }
        });
        for (int number : view.owns()) {
            if (!releasing.contains(number) && !member.owned().containsKey(number)) {
                if (!member.isLeaving() && view.planned().contains(number)) {
                    begin(member, number);
                } else {
                    release(member, number, null);
                }
            }
        }
        if (member.isLeaving()) {
            leave(member, view);
        } else if (member.hasJoined() && !view.isThere()) {
            LOG.warn("Member {} of {} was taken for dead; it joins again", member.id(), group);
            CompletableFuture<Long> unused = parts.journal.append(new Fact.Joined(group, member.id()));
        }
    }

    private void tend(Member member, MemberView view, int number, OwnedPartition partition) {
        if (!view.owns().contains(number)) {
            partition.lose();
        }
        // One that is ending ends, though it may be planned for the same member again meanwhile: then it begins anew.
        if (!member.isLeaving() && !partition.isStopping() && view.planned().contains(number)) {
            String stream = parts.journal.state().stream(member.group().topic(), number);
            if (stream != null) {
                partition.read(stream);
            }
            return;
        }
        member.kept().remove(number);
        partition.readNoMore();
        if (partition.isOver()) {
            release(member, number, partition);
        } else {
            partition.endThen(() -> changed(member.group()));
        }
    }

    private void begin(Member member, int number) {
        Claim claim = parts.journal.state().look(member.group(), it -> it.claim(number));
        OwnedPartition partition = new OwnedPartition(parts, sender, lease, member, number, claim);
        member.owned().put(number, partition);
        member.kept().add(number);
        if (member.isLeaving()) {
            // It may have looked through what it owns just before.
            member.kept().clear();
            partition.stop();
            changed(member.group());
            return;
        }
        String stream = parts.journal.state().stream(member.group().topic(), number);
        if (stream != null) {
            partition.read(stream);
        }
    }

    /** Tells the journal that a partition was let go of. */
    private void release(Member member, int number, @Nullable OwnedPartition partition) {
        if (member.releasing().add(number)) {
            CompletableFuture<Long> unused = parts.journal
                    .append(new Fact.Released(member.group(), number, member.id()))
                    .whenComplete((released, atTheEnd) -> {
                        if (partition != null) {
                            member.owned().remove(number, partition);
                        }
                        member.releasing().remove(number);
                        changed(member.group());
                    });
        }
    }

    private void leave(Member member, MemberView view) {
        if (view.isThere()) {
            if (member.tellLeft()) {
                CompletableFuture<Long> unused = parts.journal.append(new Fact.Left(member.group(), member.id()));
            }
        } else if (member.owned().isEmpty()
                && view.owns().isEmpty()
                && member.releasing().isEmpty()) {
            groups.computeIfPresent(member.group(), (name, members) -> {
                members.remove(member);
                return members.isEmpty() ? null : members;
            });
            boolean unused = member.left().complete(null);
        }
    }
}
