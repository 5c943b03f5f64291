package org.brokertck.tck.history.partitioned;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.partitioned.MemberSpan.End;
import org.brokertck.tck.history.partitioned.RecordAttempt.Result;
import org.jspecify.annotations.Nullable;

/** A history told by hand, one event after the other, with times as small numbers. One topic, {@code t}. */
public final class PartitionedStory {
    private static final String TOPIC = "t";

    private PartitionedConfig config =
            PartitionedConfig.builder().deliveryLimit(2).build();
    private final Map<String, RecordProduce> produces = new HashMap<>();
    private final List<RecordAttempt> attempts = new ArrayList<>();
    private final Map<String, MemberSpan> members = new HashMap<>();
    private final List<CommitReading> commits = new ArrayList<>();
    private final List<BrokerSample> samples = new ArrayList<>();
    private final List<DeadRecord> dead = new ArrayList<>();
    private boolean settled = true;
    private int turns;

    /** The message that bears this name. */
    public static KeyedMessage message(String id, @Nullable String key) {
        return KeyedMessage.of(key, id.getBytes(StandardCharsets.UTF_8), Map.of(RecordId.HEADER, id));
    }

    /** Another number of attempts than two. */
    public PartitionedStory deliveryLimit(int limit) {
        config = PartitionedConfig.builder().deliveryLimit(limit).build();
        return this;
    }

    /** A member of group {@code g} that joins at that time, from the earliest record on. */
    public PartitionedStory joins(String member, long time) {
        return joins(member, "g", StartFrom.EARLIEST, time);
    }

    /** A member of any group. */
    public PartitionedStory joins(String member, String group, StartFrom from, long time) {
        members.put(
                member,
                new MemberSpan(member, TOPIC, group, from, time, time, Long.MAX_VALUE, Long.MAX_VALUE, End.STAYS));
        return this;
    }

    /** A member that is abandoned. */
    public PartitionedStory dies(String member, long time) {
        members.computeIfPresent(
                member,
                (name, it) -> new MemberSpan(
                        name,
                        it.topic(),
                        it.group(),
                        it.startFrom(),
                        it.joining(),
                        it.joined(),
                        time,
                        time,
                        End.ABANDONED));
        return this;
    }

    /** A record with a key of its own partition, produced and acknowledged. */
    public PartitionedStory produced(String id, String key, int partition, long offset, long from, long to) {
        return produced("", id, key, partition, offset, from, to);
    }

    /** A record of a lane. */
    public PartitionedStory produced(
            String lane, String id, @Nullable String key, int partition, long offset, long from, long to) {
        return add(lane, id, key, new Position(partition, offset), from, to, Outcome.OK);
    }

    /** A record whose outcome is not OK. */
    public PartitionedStory failedToProduce(String id, String key, long from, long to, Outcome outcome) {
        return add("", id, key, null, from, to, outcome);
    }

    private PartitionedStory add(
            String lane,
            String id,
            @Nullable String key,
            @Nullable Position position,
            long from,
            long to,
            Outcome outcome) {
        produces.put(
                id, new RecordProduce("p", lane, turns++, TOPIC, message(id, key), from, to, outcome, position, ""));
        return this;
    }

    /** A handler that returned. */
    public PartitionedStory handled(String member, String id, int partition, long offset, long from, long to) {
        return attempted(member, id, partition, offset, from, to, Result.SUCCEEDED);
    }

    /** A handler that threw. */
    public PartitionedStory failed(String member, String id, int partition, long offset, long from, long to) {
        return attempted(member, id, partition, offset, from, to, Result.FAILED);
    }

    /** Any attempt. */
    public PartitionedStory attempted(
            String member, String id, int partition, long offset, long from, long to, Result result) {
        RecordProduce produce = produces.get(id);
        KeyedMessage message = produce == null ? message(id, "key") : produce.message();
        return attempted(member, record(partition, offset, message), from, to, result);
    }

    /** Any attempt at any record. */
    public PartitionedStory attempted(String member, PartitionRecord record, long from, long to, Result result) {
        String group = members.containsKey(member) ? members.get(member).group() : "g";
        attempts.add(new RecordAttempt(
                member, group, TOPIC, record, from, to, result, result == Result.FAILED ? "Oops: it fails" : ""));
        return this;
    }

    /** A record of the topic, taken at the beginning of time. */
    public static PartitionRecord record(int partition, long offset, KeyedMessage message) {
        return PartitionRecord.of(TOPIC, new Position(partition, offset), 0, message);
    }

    /** A dead letter of group {@code g}. */
    public PartitionedStory setAside(String id, int partition, long offset, int times) {
        RecordProduce produce = produces.get(id);
        KeyedMessage message = produce == null ? message(id, "key") : produce.message();
        dead.add(new DeadRecord(record(partition, offset, message), "g", times, new Failure("Oops", "it fails")));
        return this;
    }

    /** What group {@code g} has committed in partition 0. */
    public PartitionedStory committed(long offset, long time) {
        commits.add(new CommitReading(TOPIC, "g", time, time, Map.of(0, offset)));
        return this;
    }

    /** A reading of the metrics: records and bytes produced, and consumed. */
    public PartitionedStory sampled(long time, TopicMetrics counts) {
        samples.add(new BrokerSample(
                time,
                time,
                new PartitionedMetrics(
                        0,
                        0,
                        java.time.Duration.ZERO,
                        java.time.Duration.ZERO,
                        java.time.Duration.ZERO,
                        0,
                        1,
                        1,
                        Map.of(TOPIC, counts))));
        return this;
    }

    /** It never came to rest. */
    public PartitionedStory unsettled() {
        settled = false;
        return this;
    }

    /** The history, of a topic with four partitions. */
    public PartitionedHistory history() {
        return new PartitionedHistory(
                config,
                Map.of(TOPIC, 4),
                List.copyOf(produces.values()),
                attempts,
                List.copyOf(members.values()),
                commits,
                samples,
                dead,
                settled);
    }
}
