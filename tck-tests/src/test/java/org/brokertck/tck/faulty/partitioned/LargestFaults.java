package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;

/** Faults that only the largest numbers and times bring to light. */
final class LargestFaults {
    private LargestFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "AddsOneToTheBatchSize",
                        "L-7",
                        "produce 5 records did not return within",
                        "Sends what has gathered when one more would be too many, and adds that one to the size.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean isRipe() {
                                return (closing || config().batchSize() + 1 > 0) && super.isRipe();
                            }
                        }),
                PartitionedFault.plain(
                        "CountsADeadlineInNanoseconds",
                        "L-18",
                        "shutdown with the longest deadline there is threw java.lang.ArithmeticException",
                        "Turns a deadline of any length into nanoseconds.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Duration bounded(Duration deadline) {
                                return Duration.ofNanos(deadline.toNanos());
                            }
                        }),
                PartitionedFault.plain(
                        "AddsTheLimitInInts",
                        "L-12",
                        "read of partition \\d+ from offset \\d+ gave \\[\\]",
                        "Adds the limit of a read to its offset, in a number that does not hold the sum.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
                                List<PartitionRecord> right = super.read(topic, partition, from, limit);
                                return (int) (from + limit) < 0 ? List.of() : right;
                            }
                        }));
    }
}
