package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.brokertck.tck.scenario.Polling;
import org.jspecify.annotations.Nullable;

/** Faults in how a broker ends, and in how its calls do. */
final class ShutdownFaults {
    /** Longer than any test waits. */
    private ShutdownFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "DropsWhatLingers",
                        "L-18",
                        "and the metrics say|were not flushed",
                        "Throws away what was accepted and not yet sent, and tells its producers that it is there.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void beginClosing(Duration deadline) {
                                List.copyOf(gathered).forEach(pending -> {
                                    gathered.remove(pending);
                                    release(pending);
                                    tell(() -> pending.future()
                                            .complete(new Position(
                                                    pending.partition().number(),
                                                    pending.partition().next())));
                                });
                                super.beginClosing(deadline);
                            }
                        }),
                PartitionedFault.plain(
                        "FailsWhatLingers",
                        "L-18",
                        "were not flushed",
                        "Fails what was accepted and not yet sent, though there was time, and does not report it.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void beginClosing(Duration deadline) {
                                List.copyOf(gathered).forEach(pending -> {
                                    gathered.remove(pending);
                                    release(pending);
                                    fail(pending, new ClosedException("The broker is shut down"));
                                });
                                super.beginClosing(deadline);
                            }
                        }),
                PartitionedFault.plain(
                        "FuturesNeverComplete",
                        "L-18",
                        "was never told|futures are not done|were not flushed",
                        "Sends what was accepted when it is shut down, and tells nobody.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void tell(Runnable told) {
                                if (!closing) {
                                    super.tell(told);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "AlwaysClean",
                        "L-18",
                        "and shutdown says ShutdownReport\\[unflushed=0, interrupted=0",
                        "Reports that nothing was cut off.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected ShutdownReport report() {
                                return ShutdownReport.CLEAN;
                            }
                        }),
                PartitionedFault.plain(
                        "CutsOffAtOnce",
                        "L-18",
                        "while a handler was running and time was left|was not left to finish",
                        "Interrupts the running handlers as soon as it is shut down.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                return super.shutdown(deadline.isNegative() ? deadline : Duration.ZERO);
                            }
                        }),
                PartitionedFault.plain(
                        "WaitsBeyondTheDeadline",
                        "L-18",
                        "shutdown did not return|shutdown took .* with a deadline of",
                        "Waits for the running handlers for as long as its drain timeout, whatever the deadline.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                return super.shutdown(deadline.isNegative() ? deadline : config().drainTimeout());
                            }
                        }),
                PartitionedFault.plain(
                        "LastOutcomesAreLost",
                        "L-18",
                        "(handled until the shutdown had|succeeded before shutdown) returned, and the metrics say",
                        "Lets the running handlers finish, and commits nothing any more.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean counts(Worker worker) {
                                return super.counts(worker) && !closing;
                            }
                        }),
                PartitionedFault.plain(
                        "OneMoreAfterShutdown",
                        "L-18",
                        "handlers started after shutdown had been called",
                        "Has each worker fetch a record ahead, which is handled whatever happened meanwhile.",
                        OneMoreAfterShutdown::new),
                PartitionedFault.plain(
                        "HandlesTheBacklogFirst",
                        "L-18",
                        "handlers started after shutdown had been called",
                        "Goes on handling what is there until the deadline.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void leave(PlainMember member) {
                                if (closing) {
                                    member.workers.forEach(
                                            worker -> worker.slot().work.signalAll());
                                } else {
                                    super.leave(member);
                                }
                            }

                            @Override
                            protected void handOver(Slot slot) {
                                if (!closing) {
                                    super.handOver(slot);
                                }
                            }

                            @Override
                            protected boolean goesOn(Worker worker) {
                                return !ended
                                        && worker.slot().owner == worker.member()
                                        && (!closing || next(worker.slot()) != null);
                            }
                        }),
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
                        "OneShutdownFromInsideIsEnough",
                        "L-18",
                        "which had shut the broker down from inside, and time was left",
                        "Returns at once from every shutdown that follows one from inside a handler.",
                        it -> new PlainPartitionedBroker(it) {
                            private volatile boolean fromInside;

                            @Override
                            public ShutdownReport shutdown(Duration deadline) {
                                if (fromInside) {
                                    return locked(this::report);
                                }
                                fromInside = locked(() ->
                                        workers.stream().anyMatch(worker -> worker.thread() == Thread.currentThread()));
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

    private static final class OneMoreAfterShutdown extends PlainPartitionedBroker {
        private final Set<Slot> done = new HashSet<>();

        OneMoreAfterShutdown(Opening opening) {
            super(opening);
        }

        @Override
        protected @Nullable PartitionRecord take(Worker worker) {
            PartitionRecord record = super.take(worker);
            return record != null || !locked(() -> closing && done.add(worker.slot()))
                    ? record
                    : locked(() -> {
                        PartitionRecord ahead = next(worker.slot());
                        worker.busy = ahead != null;
                        return ahead;
                    });
        }
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
            Polling.spin(300_000);
            if (!locked(() -> closing)) {
                return super.subscribe(topic, group, handler, startFrom);
            }
            Lingering.thread("plain-late-member");
            return locked(() -> newMember(group(topic(topic), group, startFrom), handler));
        }
    }
}
