package org.brokertck.tck.workload.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What producers and members do to one topic.
 *
 * @param partitions of the topic
 * @param producers the records of each producer, in its order
 * @param members the members; of each group at least one joins at once and stays
 * @param linger how long a record may wait for others to be sent with
 * @param batchSize how many are sent together at most
 */
public record PartitionedWorkload(
        int partitions,
        List<List<PlannedRecord>> producers,
        List<PlannedMember> members,
        Duration linger,
        int batchSize) {
    /** How many attempts the groups of a workload make at a record. */
    public static final int DELIVERY_LIMIT = 3;

    /** All records by their names. */
    public Map<String, PlannedRecord> recordsById() {
        return producers.stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(PlannedRecord::id, Function.identity()));
    }

    @Override
    public String toString() {
        return "%d partitions, linger %s, batches of %d\n    producers: %s\n    members: %s"
                .formatted(partitions, linger, batchSize, producers, members);
    }
}
