package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.ClosedException;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults in how a broker shuts down. */
final class ShutdownFaults {
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
}
