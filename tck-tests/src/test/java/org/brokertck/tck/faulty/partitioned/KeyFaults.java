package org.brokertck.tck.faulty.partitioned;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Topic;

/** Faults in the choice of a partition. */
final class KeyFaults {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private KeyFaults() {}

    @SuppressWarnings("MathAbsoluteNegative") // one of the faults
    static List<Fault> all() {
        return List.of(
                ofKey(
                        "AbsOfTheSmallestHash",
                        "L-3",
                        "threw .*IndexOutOfBounds",
                        "Takes the absolute value of a hash, which stays negative for the smallest one.",
                        (key, partitions) -> Math.abs(key.hashCode()) % partitions),
                PartitionedFault.plain(
                        "MovesAfter65536Records",
                        "L-3",
                        "the key moved from partition \\d+ to \\d+",
                        "Lets the place in a ring of 65,536 slots, which has come round, decide with the key.",
                        it -> new PlainPartitionedBroker(it) {
                            private int produced;

                            @Override
                            protected int ofKey(String key, int partitions) {
                                return (KeyHash.partition(key, partitions) + (produced++ >>> 16)) % partitions;
                            }
                        }),
                PartitionedFault.plain(
                        "SeedPerInstance",
                        "L-3",
                        "by another instance to",
                        "Seeds its hash anew in each instance, as some hash maps do.",
                        it -> new PlainPartitionedBroker(it) {
                            private final int seed = OPENED.incrementAndGet();

                            @Override
                            protected int ofKey(String key, int partitions) {
                                return KeyHash.partition(seed + key, partitions);
                            }
                        }),
                PartitionedFault.plain(
                        "BatchGoesToOnePartition",
                        "L-3",
                        "records with the key .* went to the partitions",
                        "Sends a batch to the partition of its first record.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                locked(() -> first = messages.isEmpty() ? null : messages.get(0));
                                try {
                                    return super.produceAll(topic, messages);
                                } finally {
                                    locked(() -> first = null);
                                }
                            }

                            private org.brokertck.api.partitioned.@org.jspecify.annotations.Nullable KeyedMessage first;

                            @Override
                            protected Partition chosen(Topic topic, KeyedMessage message) {
                                return super.chosen(topic, first == null ? message : first);
                            }
                        }),
                PartitionedFault.plain(
                        "EachThreadHasItsPartitions",
                        "L-3",
                        "records with the key .* went to the partitions",
                        "Gives each producing thread partitions of its own, to spare a lock.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected int ofKey(String key, int partitions) {
                                return KeyHash.partition(Thread.currentThread().getName() + key, partitions);
                            }
                        }),
                PartitionedFault.plain(
                        "EmptyKeyIsNoKey",
                        "L-3",
                        "records with the key '' went to the partitions",
                        "Takes an empty key for none.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Partition chosen(Topic topic, KeyedMessage message) {
                                return super.chosen(
                                        topic,
                                        "".equals(message.key())
                                                ? KeyedMessage.of(null, message.value(), message.headers())
                                                : message);
                            }
                        }),
                ofKey(
                        "PartitionByTheLengthOfTheKey",
                        "L-4",
                        "random keys over|has \\d+ % of its share",
                        "Chooses by the number of characters.",
                        (key, partitions) -> key.length() % partitions),
                ofKey(
                        "HashOfAPrefix",
                        "L-4",
                        "has \\d+ % of its share",
                        "Hashes the first characters of a key only, so that keys with a common prefix collapse.",
                        (key, partitions) ->
                                KeyHash.partition(key.substring(0, Math.min(6, key.length())), partitions)),
                ofKey(
                        "LastPartitionStaysEmpty",
                        "L-4",
                        "random keys over|has 0 % of its share",
                        "Draws from one partition too few.",
                        (key, partitions) -> KeyHash.partition(key, Math.max(1, partitions - 1))),
                ofKey(
                        "HashOfThreeBits",
                        "L-4",
                        "random keys over|has \\d+ % of its share",
                        "Keeps so few bits of the hash that the remainder favours the first partitions.",
                        (key, partitions) -> KeyHash.partition(key, 8) % partitions),
                ofKey(
                        "ScalesOneByteOfTheHash",
                        "L-4",
                        "random keys over 1024 partitions",
                        "Scales eight bits of the hash to the number of partitions, of which some are then never chosen.",
                        (key, partitions) -> KeyHash.partition(key, 256) * partitions / 256),
                ofKey(
                        "TopBitsOfAPlainHash",
                        "L-4",
                        "has \\d+ % of its share",
                        "Chooses by the high bits of the plain hash of the text, which a number at the end hardly moves.",
                        (key, partitions) -> (int) (((key.hashCode() & 0xffffffffL) * partitions) >>> 32)),
                PartitionedFault.plain(
                        "KeylessGoToTheFirst",
                        "L-16",
                        "records without a key none went to",
                        "Takes no key for a key whose hash is 0.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected int withoutKey(Topic topic) {
                                return 0;
                            }
                        }),
                PartitionedFault.plain(
                        "KeylessStickToOnePartition",
                        "L-16",
                        "records without a key none went to",
                        "Draws a partition for the records without a key once for each instance.",
                        it -> new PlainPartitionedBroker(it) {
                            private final int drawn = OPENED.incrementAndGet();

                            @Override
                            protected int withoutKey(Topic topic) {
                                return drawn % topic.size();
                            }
                        }),
                PartitionedFault.plain(
                        "KeylessSkipTheLast",
                        "L-16",
                        "records without a key none went to",
                        "Goes round all partitions but the last.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected int withoutKey(Topic topic) {
                                return super.withoutKey(topic) % Math.max(1, topic.size() - 1);
                            }
                        }));
    }

    private static Fault ofKey(
            String name, String rule, String finding, String description, ToIntBiFunction<String, Integer> choice) {
        return PartitionedFault.plain(name, rule, finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected int ofKey(String key, int partitions) {
                return choice.applyAsInt(key, partitions);
            }
        });
    }
}
