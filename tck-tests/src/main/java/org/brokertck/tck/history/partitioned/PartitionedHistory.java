package org.brokertck.tck.history.partitioned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.tck.history.Moment;

/**
 * All that happened to one partitioned broker. Every record in it has a name of its own ({@link RecordId}).
 *
 * @param config how the broker was opened
 * @param topics the number of partitions of each topic
 * @param produces all records produced, by the time at which their calls began
 * @param attempts all invocations of handlers, by the time at which they began
 * @param members all members, by the time at which they joined
 * @param commits all readings of committed offsets, by the time at which they were asked for
 * @param samples all readings of the metrics, by the time at which they were asked for
 * @param deadRecords the dead letters at the end, as listed
 * @param settled whether every record that was due to a group was settled, no handler ran, and no outcome of a produce was awaited
 */
public record PartitionedHistory(
        PartitionedConfig config,
        Map<String, Integer> topics,
        List<RecordProduce> produces,
        List<RecordAttempt> attempts,
        List<MemberSpan> members,
        List<CommitReading> commits,
        List<BrokerSample> samples,
        List<DeadRecord> deadRecords,
        boolean settled) {
    /** Sorts and isolates the lists. */
    public PartitionedHistory {
        topics = Map.copyOf(topics);
        produces = produces.stream()
                .sorted(Comparator.comparingLong(RecordProduce::invoked).thenComparingLong(RecordProduce::turn))
                .toList();
        attempts = attempts.stream()
                .sorted(Comparator.comparingLong(RecordAttempt::started).thenComparingLong(RecordAttempt::ended))
                .toList();
        members = sorted(members);
        commits = sorted(commits);
        samples = sorted(samples);
        deadRecords = List.copyOf(deadRecords);
    }

    /** The groups, by topic and name. */
    public List<GroupSpan> groups() {
        Map<String, GroupSpan> groups = new TreeMap<>();
        for (MemberSpan member : members) {
            GroupSpan group = new GroupSpan(
                    member.topic(), member.group(), member.startFrom(), member.joining(), member.joined());
            // Names of topics hold no slash.
            groups.merge(member.topic() + "/" + member.group(), group, PartitionedHistory::earlier);
        }
        return List.copyOf(groups.values());
    }

    private static GroupSpan earlier(GroupSpan a, GroupSpan b) {
        GroupSpan first = b.begun() < a.begun() ? b : a;
        return new GroupSpan(
                first.topic(), first.name(), first.startFrom(), first.begun(), Math.min(a.there(), b.there()));
    }

    /** The attempts of a group, in order. */
    public List<RecordAttempt> attemptsOf(GroupSpan group) {
        return attempts.stream().filter(group::owns).toList();
    }

    /** The attempts of a group at each record, in order; records never attempted are absent. */
    public Map<String, List<RecordAttempt>> attemptsById(GroupSpan group) {
        return grouped(attemptsOf(group), RecordAttempt::id);
    }

    /** The attempts of a group in each partition, in order. */
    public Map<Integer, List<RecordAttempt>> attemptsByPartition(GroupSpan group) {
        return grouped(attemptsOf(group), RecordAttempt::partition);
    }

    /** The first attempt of a group at each record, by the time at which it began. */
    public List<RecordAttempt> firstAttempts(GroupSpan group) {
        List<RecordAttempt> first = new ArrayList<>();
        attemptsById(group).values().forEach(it -> first.add(it.get(0)));
        return first;
    }

    /** The production of each record. */
    public Map<String, RecordProduce> producesById() {
        return produces.stream()
                .collect(Collectors.toMap(RecordProduce::id, it -> it, (a, b) -> a, LinkedHashMap::new));
    }

    private static <K> Map<K, List<RecordAttempt>> grouped(
            List<RecordAttempt> attempts, java.util.function.Function<RecordAttempt, K> key) {
        return attempts.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static <T extends Moment> List<T> sorted(List<T> moments) {
        return moments.stream().sorted(Comparator.comparingLong(Moment::at)).toList();
    }
}
