package org.brokertck.tck.faulty.partitioned;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.jspecify.annotations.Nullable;

/** Faults in positions, and in the order of records. */
final class OffsetFaults {
    private OffsetFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "OffsetsStartAtOne",
                        "L-5",
                        "the offset 1 follows where 0 is due",
                        "Counts offsets from 1.",
                        it -> new Numbered(it) {
                            @Override
                            protected long number(Partition partition, long offset) {
                                return offset + 1;
                            }
                        }),
                PartitionedFault.plain(
                        "TellsTheNextOffset",
                        "L-5",
                        "is at .* by produce and was delivered as at|the offset 1 follows where 0 is due",
                        "Returns the offset that comes next, read after the record was appended.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Position told(Partition partition, Position position) {
                                return new Position(position.partition(), position.offset() + 1);
                            }
                        }),
                PartitionedFault.plain(
                        "GapAfterARefusal",
                        "L-5",
                        "follows where \\d+ is due",
                        "Draws an offset before it looks for room, and wastes it on a record that is refused.",
                        it -> new Numbered(it) {
                            private final IdentityHashMap<Partition, Long> wasted = new IdentityHashMap<>();

                            @Override
                            protected void awaitRoom(Topic topic, List<Partition> partitions) {
                                try {
                                    super.awaitRoom(topic, partitions);
                                } catch (QueueFullException refusal) {
                                    partitions.forEach(full -> wasted.merge(full, 1L, Long::sum));
                                    throw refusal;
                                }
                            }

                            @Override
                            protected long number(Partition partition, long offset) {
                                return offset + wasted.getOrDefault(partition, 0L);
                            }
                        }),
                PartitionedFault.plain(
                        "OffsetsCountTheTopic",
                        "L-5",
                        "follows where \\d+ is due",
                        "Counts one line of offsets for all partitions of a topic.",
                        it -> new Numbered(it) {
                            @Override
                            protected long number(Partition partition, long offset) {
                                // Called before the record is there, then for its producer.
                                return partition.topic().partitions().stream()
                                                .filter(other -> other != partition)
                                                .mapToLong(Partition::next)
                                                .sum()
                                        + offset;
                            }
                        }),
                PartitionedFault.plain(
                        "BatchSharesAnOffset",
                        "L-5",
                        "follows where \\d+ is due|by produce and was delivered as at",
                        "Tells every producer of a batch the offset of the batch's first record.",
                        it -> new PlainPartitionedBroker(it) {
                            private final Map<Integer, Position> first = new HashMap<>();

                            @Override
                            protected void send(List<Pending> batch) {
                                first.clear();
                                super.send(batch);
                            }

                            @Override
                            protected Position told(Partition partition, Position position) {
                                return first.computeIfAbsent(position.partition(), none -> position);
                            }
                        }),
                PartitionedFault.plain(
                        "SmallOnesFirst",
                        "L-5",
                        "which was produced later, has",
                        "Packs the records of a batch by their size.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void send(List<Pending> batch) {
                                List<Pending> sorted = new ArrayList<>(batch);
                                sorted.sort(Comparator.comparingInt(
                                        pending -> pending.message().valueSize()));
                                super.send(sorted);
                            }
                        }),
                PartitionedFault.plain(
                        "NeighboursSwapped",
                        "L-6",
                        "which was produced earlier",
                        "Fetches two records at once and handles the second of them first.",
                        NeighboursSwapped::new),
                PartitionedFault.plain(
                        "BatchesInReverse",
                        "L-6",
                        "which was produced earlier",
                        "Keeps the batches that wait on a stack, each in its own order.",
                        it -> new PlainPartitionedBroker(it) {
                            private final ArrayDeque<Pending> stack = new ArrayDeque<>();

                            @Override
                            protected void send(List<Pending> batch) {
                                List<Pending> own = new ArrayList<>(batch);
                                Collections.reverse(own);
                                own.forEach(stack::addFirst);
                                if (gathered.isEmpty()) {
                                    super.send(List.copyOf(stack));
                                    stack.clear();
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "BatchInReverse",
                        "L-13",
                        "and as a batch at|which was produced earlier",
                        "Appends a batch from its end.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                List<KeyedMessage> reversed = new ArrayList<>(messages);
                                Collections.reverse(reversed);
                                List<Position> positions = new ArrayList<>(super.produceAll(topic, reversed));
                                Collections.reverse(positions);
                                return positions;
                            }
                        }),
                PartitionedFault.plain(
                        "ValidatesAsItGoes",
                        "L-13",
                        "was delivered, though its produce was refused|two batches refused",
                        "Checks each record of a batch when it is its turn, so that those before a bad one are there.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
                                List<Position> positions = new ArrayList<>();
                                messages.forEach(message -> positions.add(produce(topic, message)));
                                return positions;
                            }
                        }),
                PartitionedFault.plain(
                        "TooLargeIsLeftOut",
                        "L-13",
                        "was delivered, though its produce was refused|two batches refused",
                        "Appends the records of a batch that fit, and refuses the one that is too large.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
                                List<Position> positions = new ArrayList<>();
                                RuntimeException last = null;
                                for (KeyedMessage message : messages) {
                                    try {
                                        positions.add(produce(topic, message));
                                    } catch (org.brokertck.api.MessageTooLargeException refusal) {
                                        last = refusal;
                                    }
                                }
                                if (last != null) {
                                    throw last;
                                }
                                return positions;
                            }
                        }),
                PartitionedFault.plain(
                        "EqualRecordsOfABatchAreOne",
                        "L-13",
                        "a batch of 3 equal records",
                        "Gathers a batch in a set.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                Set<KeyedMessage> seen = new HashSet<>();
                                return super.produceAll(
                                        topic,
                                        messages.stream().filter(seen::add).toList());
                            }
                        }),
                PartitionedFault.plain(
                        "PositionsByPartition",
                        "L-13",
                        "and as a batch at",
                        "Returns the positions of a batch as they were appended, partition by partition.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                return super.produceAll(topic, messages).stream()
                                        .sorted(Comparator.comparingInt(Position::partition)
                                                .thenComparingLong(Position::offset))
                                        .toList();
                            }
                        }),
                PartitionedFault.plain(
                        "LongBatchIsCut",
                        "L-13",
                        "and as a batch at",
                        "Sends no more of a batch than is sent together at most.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
                                return super.produceAll(
                                        topic, messages.subList(0, Math.min(messages.size(), config().batchSize())));
                            }
                        }));
    }

    /** Numbers its records in a way of its own. */
    private abstract static class Numbered extends PlainPartitionedBroker {
        private @Nullable Position last;

        Numbered(Opening opening) {
            super(opening);
        }

        protected abstract long number(Partition partition, long offset);

        @Override
        protected PartitionRecord record(Partition partition, Position position, Pending pending) {
            Position numbered = new Position(position.partition(), number(partition, position.offset()));
            last = numbered;
            return super.record(partition, numbered, pending);
        }

        @Override
        protected Position told(Partition partition, Position position) {
            return last == null ? position : last;
        }
    }

    private static final class NeighboursSwapped extends PlainPartitionedBroker {
        private final Set<Slot> second = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Slot> ahead = Collections.newSetFromMap(new IdentityHashMap<>());

        NeighboursSwapped(Opening opening) {
            super(opening);
        }

        @Override
        protected @Nullable PartitionRecord next(Slot slot) {
            PartitionRecord following = slot.partition().at(slot.committed + 1);
            if (ahead.contains(slot) || second.contains(slot) || following == null || slot.attempts > 0) {
                return ahead.contains(slot) ? following : super.next(slot);
            }
            ahead.add(slot);
            return following;
        }

        @Override
        protected void commit(Slot slot, PartitionRecord record) {
            if (ahead.remove(slot)) {
                second.add(slot);
                slot.attempts = 0;
            } else if (second.remove(slot)) {
                commitUpTo(slot, slot.committed + 2);
            } else {
                super.commit(slot, record);
            }
        }
    }
}
