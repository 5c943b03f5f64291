package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults in what calls meet when a broker is closed, or their thread interrupted. */
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "ReadsAfterShutdown",
                        "G-2",
                        "READ after close was accepted",
                        "Lets the log be read after a shutdown.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
                                return locked(() -> closing)
                                        ? readFrom(
                                                locked(() -> topic(topic)
                                                        .partitions()
                                                        .get(partition)),
                                                from,
                                                limit)
                                        : super.read(topic, partition, from, limit);
                            }
                        }),
                PartitionedFault.plain(
                        "TopicsAfterShutdown",
                        "G-2",
                        "CREATE after close was accepted",
                        "Answers that a topic is there without asking whether it is shut down.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public void createTopic(String topic, int partitions) {
                                Topic there = topic == null
                                        ? null
                                        : locked(() -> store().topics.get(topic));
                                if (there == null || there.size() != partitions) {
                                    super.createTopic(topic, partitions);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "FiguresEndWithTheBroker",
                        "G-2",
                        "before close; after it",
                        "Forgets its counters when it is shut down.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public PartitionedMetrics metrics() {
                                PartitionedMetrics right = super.metrics();
                                return locked(() -> !ended)
                                        ? right
                                        : new PartitionedMetrics(
                                                0,
                                                0,
                                                Duration.ZERO,
                                                Duration.ZERO,
                                                Duration.ZERO,
                                                0,
                                                0,
                                                0,
                                                java.util.Map.of());
                            }
                        }),
                PartitionedFault.plain(
                        "LateSuccessesCount",
                        "G-2",
                        "when shutdown returned, and are .* after the end of a handler that it gave up",
                        "Counts what handlers have done that a shutdown gave up.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public PartitionedMetrics metrics() {
                                return locked(this::snapshot);
                            }

                            @Override
                            protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
                                boolean late = locked(() -> ended);
                                super.settle(worker, record, failure);
                                if (late && failure == null) {
                                    locked(() -> {
                                        consumed(worker.slot(), record);
                                        return true;
                                    });
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "RefusesToCloseTwice",
                        "G-3",
                        "close .*threw .*ClosedException",
                        "Refuses to be shut down twice.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                locked(() -> {
                                    requireOpen();
                                    return true;
                                });
                                return super.shutdown(deadline);
                            }
                        }),
                PartitionedFault.plain(
                        "WaitsForItself",
                        "G-3",
                        "close from inside a handler did not return",
                        "Waits for all handlers when it is shut down, also for the one that asks it to.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                boolean inside = locked(() ->
                                        workers.stream().anyMatch(worker -> worker.thread() == Thread.currentThread()));
                                ShutdownReport report = super.shutdown(deadline);
                                if (inside) {
                                    Lingering.here();
                                }
                                return report;
                            }
                        }),
                PartitionedFault.plain(
                        "TimerOutlivesIt",
                        "G-10",
                        "plain-leftover-timer",
                        "Leaves a timer running.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void end() {
                                super.end();
                                Lingering.thread("plain-leftover-timer");
                            }
                        }),
                PartitionedFault.plain(
                        "TimerEndsWithTheWaitingCloser",
                        "G-10",
                        "after a close from inside a handler these threads are still alive: .*plain-leftover-timer",
                        "Ends its timer when a close has waited for the handlers, which one from inside a handler does not.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                if (locked(() -> workers.stream()
                                        .anyMatch(worker -> worker.thread() == Thread.currentThread()))) {
                                    Lingering.thread("plain-leftover-timer");
                                }
                                return super.shutdown(deadline);
                            }
                        }),
                PartitionedFault.plain(
                        "SubscribesPastItsClose",
                        "G-10",
                        "these threads are still alive: plain-late-member",
                        "Looks whether it is closed, and makes the member in another step.",
                        SubscribesPastItsClose::new),
                PartitionedFault.plain(
                        "AClosedMemberIsClosed",
                        "G-3",
                        "a member was closed twice, .* and a close returned",
                        "Returns from the close of a member at once when that has been called before.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember newMember(Group group, RecordHandler handler) {
                                return new PlainMember(this, group, handler) {
                                    @Override
                                    public void close() {
                                        if (!locked(() -> leaving)) {
                                            super.close();
                                        }
                                    }
                                };
                            }
                        }),
                PartitionedFault.plain(
                        "LeavingMemberKeepsAThread",
                        "G-10",
                        "plain-leftover-heartbeat",
                        "Ends the heartbeats of the members that it still has, not of those that left before.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember newMember(Group group, RecordHandler handler) {
                                return new PlainMember(this, group, handler) {
                                    @Override
                                    public void close() {
                                        super.close();
                                        Lingering.thread("plain-leftover-heartbeat");
                                    }
                                };
                            }
                        }),
                PartitionedFault.plain(
                        "WaitsOnWhenInterrupted",
                        "G-9",
                        "an interrupted produce (did not return|threw .*QueueFullException)",
                        "Goes on waiting for room when it is interrupted.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void awaitRoom(Topic topic, List<Partition> partitions) {
                                boolean interrupted = false;
                                while (true) {
                                    try {
                                        super.awaitRoom(topic, partitions);
                                        break;
                                    } catch (OperationInterruptedException again) {
                                        interrupted = Thread.interrupted();
                                    }
                                }
                                if (interrupted) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "ClearsTheInterruptFlag",
                        "G-9",
                        "did not restore the interrupt flag",
                        "Tells a producer that it was interrupted, and clears its flag.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Pending> accepted(String topic, List<KeyedMessage> messages) {
                                try {
                                    return super.accepted(topic, messages);
                                } catch (OperationInterruptedException interrupted) {
                                    Thread.interrupted();
                                    throw interrupted;
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "InterruptLooksLikeATimeout",
                        "G-9",
                        "where OperationInterruptedException is due",
                        "Tells an interrupted producer that there is no room.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<Pending> accepted(String topic, List<KeyedMessage> messages) {
                                try {
                                    return super.accepted(topic, messages);
                                } catch (OperationInterruptedException interrupted) {
                                    throw new QueueFullException("There is no room", interrupted);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "InterruptedIsThereAllTheSame",
                        "G-9",
                        "was interrupted and refused; its record was",
                        "Sends a lingering record though its producer was told that it was interrupted.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean withdraw(List<Pending> all) {
                                return true;
                            }
                        }));
    }

    private static final class SubscribesPastItsClose extends PlainPartitionedBroker {
        SubscribesPastItsClose(Opening opening) {
            super(opening);
        }

        @Override
        public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
            locked(() -> {
                requireOpen();
                return true;
            });
            Gap.pass();
            if (!locked(() -> closing)) {
                return super.subscribe(topic, group, handler, startFrom);
            }
            Lingering.thread("plain-late-member");
            return locked(() -> newMember(group(topic(topic), group, startFrom), handler));
        }
    }
}
