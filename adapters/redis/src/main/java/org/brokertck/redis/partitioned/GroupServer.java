package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.TextCodec;
import redis.clients.jedis.Protocol.Command;

/** What one instance asks of the server about groups and their members, in Java's types. Stateless: the caller brings the connection. */
final class GroupServer {
    /** How long a member counts as alive after its last heartbeat. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final byte[] LEASE_MICROS = Bytes.of(LEASE.toNanos() / 1000);

    private final LogKeys keys;
    private final byte[] prefix;

    GroupServer(LogKeys keys) {
        this.keys = keys;
        this.prefix = keys.prefix.bytes();
    }

    /** Enters a member, and makes the group when it is new. @return how many partitions there are; 0 without such a topic */
    int join(Caller link, Duration timeout, GroupName group, String member, StartFrom startFrom) {
        return (int) LogServer.number(LogScript.JOIN.run(
                link,
                timeout,
                List.of(keys.topics),
                List.of(
                        prefix,
                        keys.news,
                        Bytes.of(group.topic()),
                        Bytes.of(group.group()),
                        Bytes.of(member),
                        LEASE_MICROS,
                        Bytes.of(startFrom.name()))));
    }

    /** Renews the leases of these members, and tells what is to be known of their group. */
    GroupView look(Caller link, Duration timeout, GroupName group, List<String> members) {
        List<byte[]> arguments = new ArrayList<>(List.of(LEASE_MICROS));
        members.forEach(member -> arguments.add(Bytes.of(member)));
        return GroupView.of(Objects.requireNonNull(LogScript.LOOK.run(
                link,
                timeout,
                List.of(keys.members(group), keys.leases(group), keys.plan(group), keys.owners(group)),
                arguments)));
    }

    /** @return whether the plan is in force; false when another one came first */
    boolean plan(Caller link, Duration timeout, GroupName group, long before, Map<Integer, String> plan) {
        List<byte[]> arguments = new ArrayList<>(List.of(keys.news, Bytes.of(group.news()), Bytes.of(before)));
        plan.forEach((partition, member) -> {
            arguments.add(Bytes.of(partition));
            arguments.add(Bytes.of(member));
        });
        return LogServer.number(LogScript.PLAN.run(link, timeout, List.of(keys.plan(group)), arguments)) == 1;
    }

    /**
     * Acquires partitions for the members that the plan gives them to.
     *
     * @return those that were theirs and free
     */
    List<Claim> acquire(Caller link, Duration timeout, GroupName group, Map<Integer, String> wanted) {
        List<byte[]> arguments = new ArrayList<>();
        wanted.forEach((partition, member) -> {
            arguments.add(Bytes.of(partition));
            arguments.add(Bytes.of(member));
        });
        Object reply = LogScript.ACQUIRE.run(
                link,
                timeout,
                List.of(
                        keys.plan(group),
                        keys.owners(group),
                        keys.commits(group),
                        keys.attempts(group),
                        keys.leases(group)),
                arguments);
        return LogServer.list(reply).stream().map(it -> Claim.of((List<?>) it)).toList();
    }

    /** Lets partitions go, each if it still is its owner's. */
    void release(Caller link, Duration timeout, GroupName group, List<OwnedPartition> over) {
        List<byte[]> arguments = new ArrayList<>(List.of(keys.news, Bytes.of(group.news())));
        for (OwnedPartition each : over) {
            arguments.add(Bytes.of(each.partition()));
            arguments.add(Bytes.of(each.owner()));
        }
        LogScript.RELEASE.run(link, timeout, List.of(keys.owners(group)), arguments);
    }

    /** The member is to have no partition any more; it keeps those that it owns until it releases them. */
    void leave(Caller link, Duration timeout, GroupName group, String member) {
        LogScript.LEAVE.run(
                link,
                timeout,
                List.of(keys.members(group)),
                List.of(keys.news, Bytes.of(group.news()), Bytes.of(member)));
    }

    /** A member of this instance has let go of everything. */
    void end(Caller link, Duration timeout, GroupName group, String member) {
        expel(link, timeout, group, member, 0);
    }

    /** A member of another instance is dead, unless it has a lease again. */
    void expel(Caller link, Duration timeout, GroupName group, String member) {
        expel(link, timeout, group, member, 1);
    }

    private void expel(Caller link, Duration timeout, GroupName group, String member, int onlyLapsed) {
        LogScript.EXPEL.run(
                link,
                timeout,
                List.of(keys.members(group), keys.leases(group), keys.owners(group)),
                List.of(keys.news, Bytes.of(group.news()), Bytes.of(member), Bytes.of(onlyLapsed)));
    }

    /** @return for each whether it was noted; false where the partition is not the owner's any more */
    List<Boolean> commit(Caller link, Duration timeout, List<Progress> all) {
        List<byte[]> arguments = new ArrayList<>(List.of(prefix, keys.news));
        for (Progress one : all) {
            arguments.add(Bytes.of(one.group().topic()));
            arguments.add(Bytes.of(one.group().group()));
            arguments.add(Bytes.of(one.partition()));
            arguments.add(Bytes.of(one.owner()));
            arguments.add(Bytes.of(one.offset()));
            arguments.add(Bytes.of(one.attempts()));
        }
        return LogServer.list(LogScript.COMMIT.run(link, timeout, List.of(keys.topics), arguments)).stream()
                .map(it -> LogServer.number(it) == 1)
                .toList();
    }

    /** @return whether the record is kept; false when the partition is not the owner's any more */
    boolean bury(Caller link, Duration timeout, GroupName group, String owner, DeadRecord dead) {
        int partition = dead.record().partition();
        return LogServer.number(LogScript.BURY.run(
                        link,
                        timeout,
                        List.of(
                                keys.owners(group),
                                keys.commits(group),
                                keys.stream(group.topic(), partition),
                                keys.dead(group.topic()),
                                keys.full(group.topic())),
                        List.of(
                                keys.news,
                                Bytes.of("f " + group.topic() + " " + partition),
                                Bytes.of(partition),
                                Bytes.of(owner),
                                Bytes.of(dead.record().offset()),
                                Bytes.of("g"),
                                Bytes.of(group.group()),
                                Bytes.of("a"),
                                Bytes.of(dead.attempts()),
                                Bytes.of("ft"),
                                TextCodec.encode(dead.failure().type()),
                                Bytes.of("fx"),
                                TextCodec.encode(dead.failure().text()))))
                == 1;
    }

    /** By partition; empty when there is no such group. */
    Map<Integer, Long> committed(Caller link, Duration timeout, GroupName group, int partitions) {
        byte[][] arguments = new byte[1 + partitions][];
        arguments[0] = keys.commits(group);
        for (int i = 0; i < partitions; i++) {
            arguments[1 + i] = Bytes.of(i);
        }
        List<?> offsets = LogServer.list(link.call(timeout, Command.HMGET, arguments));
        Map<Integer, Long> committed = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            if (offsets.get(i) != null) {
                committed.put(i, Long.parseLong(Bytes.text(offsets.get(i))));
            }
        }
        return committed;
    }
}
