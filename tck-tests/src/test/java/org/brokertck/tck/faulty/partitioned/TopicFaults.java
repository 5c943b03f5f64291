package org.brokertck.tck.faulty.partitioned;

import java.util.List;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.PlainRecordDeadLetters;
import org.brokertck.tck.faulty.partitioned.plain.Topic;

/** Faults in how topics come to be, and in what is refused. */
final class TopicFaults {
    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "LooksForInterruptsAtTheEnd",
                        "G-9",
                        "interrupted-\\d+",
                        "Looks for an interrupt when the record is in.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public Position produce(String topic, KeyedMessage message) {
                                Position position = super.produce(topic, message);
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new OperationInterruptedException("interrupted");
                                }
                                return position;
                            }
                        }),
                PartitionedFault.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainPartitionedBroker(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public Position produce(String topic, KeyedMessage message) {
                                return refusals.get(() -> super.produce(topic, message));
                            }
                        }),
                PartitionedFault.plain(
                        "AnotherNumberIsTakenSilently",
                        "L-1",
                        "accepted where IllegalArgumentException is due",
                        "Does nothing when a topic is created again, whatever the number of partitions.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void requireSameSize(Topic topic, int partitions) {}
                        }),
                PartitionedFault.plain(
                        "FewerPartitionsAreTakenSilently",
                        "L-1",
                        "accepted where IllegalArgumentException is due",
                        "Refuses more partitions than a topic has, and takes fewer for satisfied.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void requireSameSize(Topic topic, int partitions) {
                                if (partitions > topic.size()) {
                                    super.requireSameSize(topic, partitions);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "CreatedAgainIsEmptied",
                        "L-1",
                        "were never settled by group",
                        "Puts a new topic in the place of one that is there, also when it has as many partitions.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public void createTopic(String topic, int partitions) {
                                locked(() -> {
                                    Topic there = store().topics.get(topic);
                                    return there != null && there.size() == partitions
                                            ? store().topics.remove(topic)
                                            : null;
                                });
                                super.createTopic(topic, partitions);
                            }
                        }),
                PartitionedFault.plain(
                        "CreatedAgainIsAnError",
                        "L-1",
                        "createTopic .*threw",
                        "Refuses to create a topic that is there.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public void createTopic(String topic, int partitions) {
                                if (topic != null && locked(() -> store().topics.containsKey(topic))) {
                                    throw new IllegalArgumentException("topic '" + topic + "' is there already");
                                }
                                super.createTopic(topic, partitions);
                            }
                        }),
                PartitionedFault.plain(
                        "NoPartitionsMeansOne",
                        "L-1",
                        "accepted where IllegalArgumentException is due",
                        "Takes 0 partitions for a setting that was left out.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public void createTopic(String topic, int partitions) {
                                super.createTopic(topic, partitions == 0 ? 1 : partitions);
                            }
                        }),
                PartitionedFault.plain(
                        "UnknownTopicIsCreated",
                        "L-2",
                        "accepted where UnknownTopicException is due",
                        "Creates a topic when it is first produced to.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Topic topic(String name) {
                                createTopic(name, store().topics.containsKey(name) ? topicSize(name) : 1);
                                return super.topic(name);
                            }

                            private int topicSize(String name) {
                                return super.topic(name).size();
                            }
                        }),
                PartitionedFault.plain(
                        "SubscriberCreatesItsTopic",
                        "L-2",
                        "SUBSCRIBE.* accepted where UnknownTopicException is due",
                        "Creates a topic for whoever subscribes it, so that subscribers may come first.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public GroupMember subscribe(
                                    String topic, String group, RecordHandler handler, StartFrom startFrom) {
                                if (topic != null
                                        && locked(() -> !store().topics.containsKey(topic))) {
                                    createTopic(topic, 1);
                                }
                                return super.subscribe(topic, group, handler, startFrom);
                            }
                        }),
                PartitionedFault.plain(
                        "UnknownTopicIsABadArgument",
                        "L-2",
                        "threw .*IllegalArgumentException.* where UnknownTopicException is due",
                        "Tells an unknown topic as an invalid argument.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Topic topic(String name) {
                                if (!store().topics.containsKey(name)) {
                                    throw new IllegalArgumentException("topic is '" + name + "', which is unknown");
                                }
                                return super.topic(name);
                            }
                        }),
                PartitionedFault.plain(
                        "UnknownBatchIsNothing",
                        "L-2",
                        "accepted where UnknownTopicException is due",
                        "Returns no positions for a batch to an unknown topic.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<org.brokertck.api.partitioned.Position> produceAll(
                                    String topic, List<org.brokertck.api.partitioned.KeyedMessage> messages) {
                                return locked(() -> store().topics.containsKey(topic))
                                        ? super.produceAll(topic, messages)
                                        : List.of();
                            }
                        }),
                PartitionedFault.plain(
                        "NegativeOffsetIsTheStart",
                        "G-1",
                        "READ_NEGATIVE_OFFSET .*accepted",
                        "Reads from the start when it is told a negative offset.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
                                return super.read(topic, partition, Math.max(0, from), limit);
                            }
                        }),
                PartitionedFault.plain(
                        "LimitOfNothingListsNothing",
                        "G-1",
                        "LIST_.*accepted",
                        "Lists no dead letters up to a limit of 0.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public PlainRecordDeadLetters deadLetters(String topic) {
                                super.deadLetters(topic);
                                return new PlainRecordDeadLetters(this, locked(() -> topic(topic))) {
                                    @Override
                                    public List<org.brokertck.api.partitioned.DeadRecord> list(int limit) {
                                        return limit == 0 ? List.of() : super.list(limit);
                                    }
                                };
                            }
                        }),
                PartitionedFault.plain(
                        "NegativeDeadlineIsNone",
                        "G-1",
                        "SHUTDOWN_NEGATIVE .*accepted",
                        "Shuts down at once when it is told a negative deadline.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public org.brokertck.api.partitioned.ShutdownReport shutdown(java.time.Duration deadline) {
                                return super.shutdown(
                                        deadline != null && deadline.isNegative() ? java.time.Duration.ZERO : deadline);
                            }
                        }),
                PartitionedFault.plain(
                        "TakesAnyNameOfAGroup",
                        "G-1",
                        "SUBSCRIBE_.*accepted",
                        "Checks the names of topics, and not those of groups.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void checkName(String argument, String name) {
                                if (argument.equals("group")) {
                                    java.util.Objects.requireNonNull(name, argument);
                                } else {
                                    super.checkName(argument, name);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "PartitionOutOfRangeIsEmpty",
                        "G-1",
                        "READ_NEGATIVE_PARTITION .*accepted|READ_.*PARTITION.* accepted",
                        "Reads nothing from a partition that does not exist.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
                                checkName("topic", topic);
                                List<Partition> all = locked(() -> topic(topic).partitions());
                                return partition < 0 || partition >= all.size()
                                        ? List.of()
                                        : super.read(topic, partition, from, limit);
                            }
                        }));
    }
}
