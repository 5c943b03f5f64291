package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedBroker;

/** Faults of batches, of bounds and of volume. */
final class BatchingFaults {
    private BatchingFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "LingersFromTheLast",
                        "L-14",
                        "though its linger had passed",
                        "Counts the linger from the last record of a batch, so that a trickle holds it up.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean lingered() {
                                return time().nanoTime() - gathered.getLast().acceptedNanos() >= linger().toNanos();
                            }
                        }),
                PartitionedFault.plain(
                        "NeverGroups",
                        "L-14",
                        "records without waiting, and \\d+ batches were sent",
                        "Sends each record by itself.",
                        it -> new PlainPartitionedBroker(it.withConfig(batches(it.config(), 1)))),
                PartitionedFault.plain(
                        "CountsRecordsAsBatches",
                        "L-14",
                        "records without waiting, and \\d+ batches were sent",
                        "Counts a batch for each of its records.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void send(List<Pending> batch) {
                                super.send(batch);
                                meters.batches += batch.size() - 1;
                            }
                        }),
                PartitionedFault.plain(
                        "LingersTwice",
                        "L-14",
                        "though its linger had passed",
                        "Waits for the linger to pass, and then for as long again in the sender.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Duration linger() {
                                return config().linger().multipliedBy(2);
                            }
                        }),
                PartitionedFault.plain(
                        "WritesEachRecordSlowly",
                        "L-20",
                        "records/s end to end, where 50000 are asked for and 1000 are the least",
                        "Takes two milliseconds for each record that it appends, and lets nobody else in meanwhile.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void append(Pending pending) {
                                LockSupport.parkNanos(2_000_000);
                                super.append(pending);
                            }
                        }),
                PartitionedFault.remote(
                        "WritesEachBatchSlowly",
                        "L-20",
                        "are the least; produce took (?:[5-9]\\d|\\d{3,})\\.",
                        "Takes seventy milliseconds for each batch that it sends.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            @Override
                            protected void send(List<Pending> batch) {
                                LockSupport.parkNanos(70_000_000);
                                super.send(batch);
                            }
                        }),
                PartitionedFault.plain(
                        "FullBatchLingers",
                        "L-14",
                        "the sending of a full batch",
                        "Lets a batch that is full wait for its linger all the same.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean isRipe() {
                                return super.isRipe() && (closing || lingered());
                            }
                        }),
                PartitionedFault.plain(
                        "UnboundedLog",
                        "L-19",
                        "to a full partition was accepted",
                        "Takes whatever is produced.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return true;
                            }
                        }),
                PartitionedFault.plain(
                        "OneRecordTooMany",
                        "L-19",
                        "to a full partition was accepted",
                        "Compares with the capacity before it counts the record.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return super.hasRoom(partition, records - 1);
                            }
                        }),
                PartitionedFault.plain(
                        "HandledRecordsKeepTheirRoom",
                        "L-19",
                        "threw .*QueueFullException",
                        "Counts all records that are kept against the capacity, handled ones too.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return partition.size() + partition.promised + records <= config().partitionCapacity();
                            }
                        }),
                PartitionedFault.plain(
                        "FastestGroupMakesRoom",
                        "L-19",
                        "to a full partition was accepted|were never settled by group",
                        "Frees the room of a record when the first group has handled it, and drops it for the others.",
                        FastestGroupMakesRoom::new),
                PartitionedFault.plain(
                        "AsyncNeedsNoRoom",
                        "L-19",
                        "produceAsync to a full partition was accepted",
                        "Takes in whatever is produced without waiting.",
                        it -> new PlainPartitionedBroker(it) {
                            private boolean async;

                            @Override
                            public java.util.concurrent.CompletableFuture<Position> produceAsync(
                                    String topic, KeyedMessage message) {
                                return locked(() -> {
                                    async = true;
                                    try {
                                        return super.produceAsync(topic, message);
                                    } finally {
                                        async = false;
                                    }
                                });
                            }

                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return async || super.hasRoom(partition, records);
                            }
                        }),
                PartitionedFault.plain(
                        "BatchNeedsNoRoom",
                        "L-19",
                        "produceBatch of 4 records where 2 have room was accepted",
                        "Asks for the room of one record when it takes in a batch.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return super.hasRoom(partition, 1);
                            }
                        }),
                PartitionedFault.plain(
                        "RefusedIsThereAllTheSame",
                        "L-19",
                        "was delivered, though its produce was refused|threw .*QueueFullException",
                        "Leaves a record that was refused for want of room in the line of those that wait.",
                        RefusedIsThereAllTheSame::new),
                PartitionedFault.plain(
                        "NoRoomWithoutAGroup",
                        "L-19",
                        "threw .*QueueFullException",
                        "Keeps the room of records for which there is no group yet.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return partition.topic().groups.isEmpty()
                                        ? partition.size() + partition.promised + records
                                                <= config().partitionCapacity()
                                        : super.hasRoom(partition, records);
                            }
                        }));
    }

    private static PartitionedConfig batches(PartitionedConfig it, int size) {
        return new PartitionedConfig(
                it.partitionCapacity(),
                it.produceTimeout(),
                it.linger(),
                size,
                it.deliveryLimit(),
                it.backoff(),
                it.startFrom(),
                it.drainTimeout(),
                it.rateWindow(),
                it.maxConnections());
    }

    private static final class FastestGroupMakesRoom extends PlainPartitionedBroker {
        FastestGroupMakesRoom(Opening opening) {
            super(opening);
        }

        private long fastest(Partition partition) {
            return partition.topic().allGroups().stream()
                    .mapToLong(it -> it.slot(partition.number()).committed)
                    .max()
                    .orElse(partition.next());
        }

        @Override
        protected boolean hasRoom(Partition partition, int records) {
            return partition.next() - fastest(partition) + partition.promised + records <= config().partitionCapacity();
        }

        @Override
        protected void append(Pending pending) {
            super.append(pending);
            Partition partition = pending.partition();
            while (partition.size() > config().partitionCapacity() && partition.first() < fastest(partition)) {
                partition.forgetOldest();
                partition.topic().allGroups().forEach(group -> {
                    Slot slot = group.slot(partition.number());
                    slot.committed = Math.max(slot.committed, partition.first());
                });
            }
        }
    }

    private static final class RefusedIsThereAllTheSame extends PlainPartitionedBroker {
        private final IdentityHashMap<Partition, List<KeyedMessage>> waiting = new IdentityHashMap<>();

        RefusedIsThereAllTheSame(Opening opening) {
            super(opening);
        }

        @Override
        protected List<Pending> accepted(String topicName, List<KeyedMessage> messages) {
            try {
                return super.accepted(topicName, messages);
            } catch (QueueFullException refusal) {
                locked(() -> {
                    Topic topic = topic(topicName);
                    messages.forEach(
                            message -> waiting.computeIfAbsent(chosen(topic, message), none -> new ArrayList<>())
                                    .add(message));
                    return true;
                });
                throw refusal;
            }
        }

        @Override
        protected void commitUpTo(Slot slot, long offset) {
            super.commitUpTo(slot, offset);
            List<KeyedMessage> late = waiting.remove(slot.partition());
            if (late != null) {
                late.forEach(message -> accept(slot.partition(), message, time().nanoTime()));
            }
        }
    }
}
