package org.brokertck.tck.faulty.partitioned;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiPredicate;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults in what follows when a handler throws. */
final class FailureFaults {
    private FailureFaults() {}

    static List<Fault> all() {
        return List.of(
                mayRetry(
                        "OneAttemptTooMany",
                        "attempted .* times with a delivery limit of",
                        "Compares attempts with the delivery limit by 'no more than'.",
                        (slot, limit) -> slot.attempts <= limit),
                mayRetry(
                        "OneAttemptTooFew",
                        "still to be retried, after 2 of 3|lies among the dead letters after \\d+ failures of",
                        "Takes the delivery limit for a number of retries less one.",
                        (slot, limit) -> slot.attempts < limit - 1),
                mayRetry(
                        "LimitOfOneMeansNone",
                        "attempted .* times with a delivery limit of 1",
                        "Takes a delivery limit of 1 for 'retry without end'.",
                        (slot, limit) -> limit == 1 ? slot.attempts < 3 : slot.attempts < limit),
                PartitionedFault.plain(
                        "ErrorsAreParkedAtOnce",
                        "L-15",
                        "still to be retried, after 1 of|lies among the dead letters after \\d+ failures of",
                        "Retries after exceptions, and not after errors.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean mayRetry(Slot slot, Throwable failure) {
                                return failure instanceof Exception && super.mayRetry(slot, failure);
                            }
                        }),
                PartitionedFault.plain(
                        "RetriesComeLater",
                        "L-15",
                        "while .* of the same partition was still to be retried",
                        "Goes on with the next record of the partition, and comes back to the one that failed.",
                        RetriesComeLater::new),
                PartitionedFault.plain(
                        "ParkedComesAgain",
                        "L-15",
                        "attempted .* times with a delivery limit of",
                        "Sets a record aside and does not commit it, so that it begins anew.",
                        it -> new PlainPartitionedBroker(it) {
                            private final IdentityHashMap<Slot, Long> parked = new IdentityHashMap<>();

                            @Override
                            protected void failed(Slot slot, PartitionRecord record, Throwable failure) {
                                super.failed(slot, record, failure);
                                boolean over = slot.committed == record.offset() + 1;
                                if (over && !Long.valueOf(record.offset()).equals(parked.put(slot, record.offset()))) {
                                    slot.committed--;
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "StuckAfterParking",
                        "L-15",
                        "were never settled by group",
                        "Ends its work on a partition when it has set a record aside.",
                        it -> new PlainPartitionedBroker(it) {
                            private final IdentityHashMap<Slot, Boolean> stuck = new IdentityHashMap<>();

                            @Override
                            protected void park(Slot slot, DeadRecord dead) {
                                super.park(slot, dead);
                                stuck.put(slot, true);
                            }

                            @Override
                            protected boolean mayTake(Worker worker) {
                                return !stuck.containsKey(worker.slot());
                            }
                        }),
                PartitionedFault.plain(
                        "DeadLettersOfAllTopics",
                        "L-15",
                        "lies among the dead letters",
                        "Lists the dead letters of every topic.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<DeadRecord> listed(Topic topic, int limit) {
                                List<DeadRecord> all = new ArrayList<>();
                                store().topics.values().forEach(each -> all.addAll(each.parked));
                                return all.subList(0, Math.min(limit, all.size()));
                            }
                        }),
                PartitionedFault.plain(
                        "DeadLetterOfOneGroup",
                        "L-15",
                        "were never settled by group|lies not among the dead letters",
                        "Keeps dead letters by their position, so that the second group to give a record up replaces the first.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void park(Slot slot, DeadRecord dead) {
                                slot.group()
                                        .topic()
                                        .parked
                                        .removeIf(other -> other.record().equals(dead.record()));
                                super.park(slot, dead);
                            }
                        }),
                PartitionedFault.plain(
                        "ParkedForAllGroups",
                        "L-15",
                        "were never settled by group",
                        "Takes a record that one group gave up from the others, too.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void park(Slot slot, DeadRecord dead) {
                                super.park(slot, dead);
                                for (Group group : slot.group().topic().allGroups()) {
                                    Slot same = group.slot(slot.partition().number());
                                    if (same != slot
                                            && same.committed == dead.record().offset()) {
                                        same.committed++;
                                    }
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "ListingEmpties",
                        "L-15",
                        "were never settled by group|lies not among the dead letters|the dead letters list",
                        "Takes dead letters out when it lists them.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<DeadRecord> listed(Topic topic, int limit) {
                                List<DeadRecord> listed = super.listed(topic, limit);
                                topic.parked.removeAll(listed);
                                return listed;
                            }
                        }),
                PartitionedFault.plain(
                        "NewestDeadLettersFirst",
                        "L-15",
                        "in this order; the dead letters list",
                        "Lists dead letters from the newest.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<DeadRecord> listed(Topic topic, int limit) {
                                List<DeadRecord> all = super.listed(topic, Integer.MAX_VALUE);
                                Collections.reverse(all);
                                return all.subList(0, Math.min(limit, all.size()));
                            }
                        }),
                PartitionedFault.plain(
                        "PurgeSaysNothing",
                        "L-15",
                        "purge of \\d+ dead letters says",
                        "Counts what is left after a purge, not what it deleted.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected int purge(Topic topic) {
                                super.purge(topic);
                                return topic.parked.size();
                            }
                        }),
                dead(
                        "TellsRetriesForAttempts",
                        "and its dead letter says",
                        "Tells how often a dead record was retried.",
                        (letter, failure) -> new DeadRecord(
                                letter.record(), letter.group(), Math.max(1, letter.attempts() - 1), letter.failure())),
                dead(
                        "TellsTheCause",
                        "and its dead letter says",
                        "Tells the cause of a failure in its place.",
                        (letter, failure) -> new DeadRecord(
                                letter.record(),
                                letter.group(),
                                letter.attempts(),
                                Failure.of(failure.getCause() == null ? failure : failure.getCause()))),
                PartitionedFault.plain(
                        "TellsTheFirstFailure",
                        "L-15",
                        "and its dead letter says",
                        "Tells what the first attempt threw.",
                        it -> new PlainPartitionedBroker(it) {
                            private final IdentityHashMap<Slot, Throwable> first = new IdentityHashMap<>();

                            @Override
                            protected void failed(Slot slot, PartitionRecord record, Throwable failure) {
                                if (slot.attempts == 0) {
                                    first.put(slot, failure);
                                }
                                super.failed(slot, record, first.getOrDefault(slot, failure));
                            }
                        }),
                PartitionedFault.plain(
                        "ErrorEndsTheWorker",
                        "G-12",
                        "were never settled by group",
                        "Catches exceptions and not errors, which end the thread of the partition.",
                        it -> new PlainPartitionedBroker(it) {
                            private final IdentityHashMap<Slot, Boolean> gone = new IdentityHashMap<>();

                            @Override
                            protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
                                locked(() -> failure instanceof Error ? gone.put(worker.slot(), true) : null);
                                super.settle(worker, record, failure);
                            }

                            @Override
                            protected boolean mayTake(Worker worker) {
                                return !gone.containsKey(worker.slot());
                            }
                        }),
                PartitionedFault.plain(
                        "SlowHandlerHoldsUpTheOthers",
                        "G-12",
                        "while one member was late",
                        "Runs the handlers of all groups under one lock.",
                        it -> new PlainPartitionedBroker(it) {
                            private final Object one = new Object();

                            @Override
                            protected void handle(Worker worker, PartitionRecord record) throws Exception {
                                synchronized (one) {
                                    super.handle(worker, record);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "InterruptFlagStays",
                        "G-12",
                        "the interrupt flag that a handler left behind",
                        "Leaves the interrupt flag that one handler set for the next.",
                        InterruptFlagStays::new));
    }

    private static Fault mayRetry(
            String name, String finding, String description, BiPredicate<Slot, Integer> decision) {
        return PartitionedFault.plain(name, "L-15", finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected boolean mayRetry(Slot slot, Throwable failure) {
                return decision.test(slot, config().deliveryLimit());
            }
        });
    }

    /** What a dead letter says. */
    private interface Letter {
        DeadRecord of(DeadRecord right, Throwable failure);
    }

    private static Fault dead(String name, String finding, String description, Letter letter) {
        return PartitionedFault.plain(name, "L-15", finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected DeadRecord dead(Slot slot, PartitionRecord record, Throwable failure) {
                return letter.of(super.dead(slot, record, failure), failure);
            }
        });
    }

    /** A record that failed changes its place with the next one, as long as there is one. */
    private static final class RetriesComeLater extends PlainPartitionedBroker {
        private final IdentityHashMap<Slot, Long> passed = new IdentityHashMap<>();

        RetriesComeLater(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isDue(Slot slot) {
            return passes(slot) || super.isDue(slot);
        }

        private boolean passes(Slot slot) {
            return slot.attempts == 1
                    && !passed.containsKey(slot)
                    && slot.partition().at(slot.committed + 1) != null;
        }

        @Override
        protected @Nullable PartitionRecord next(Slot slot) {
            return passes(slot) ? slot.partition().at(slot.committed + 1) : super.next(slot);
        }

        @Override
        protected void conclude(Slot slot, PartitionRecord record, @Nullable Throwable failure) {
            if (record.offset() == slot.committed + 1) {
                passed.put(slot, record.offset());
                counted(failure == null);
                if (failure == null) {
                    consumed(slot, record);
                } else {
                    park(slot, dead(slot, record, failure));
                }
                return;
            }
            super.conclude(slot, record, failure);
            Long over = passed.get(slot);
            if (over != null && over == slot.committed) {
                passed.remove(slot);
                super.commitUpTo(slot, slot.committed + 1);
            }
        }
    }

    private static final class InterruptFlagStays extends PlainPartitionedBroker {
        InterruptFlagStays(Opening opening) {
            super(opening);
        }

        private final IdentityHashMap<Worker, Boolean> flags = new IdentityHashMap<>();

        @Override
        protected void handle(Worker worker, PartitionRecord record) throws Exception {
            if (locked(() -> flags.remove(worker)) != null) {
                Thread.currentThread().interrupt();
            }
            try {
                super.handle(worker, record);
            } finally {
                boolean set = Thread.currentThread().isInterrupted();
                locked(() -> (set && !closing) ? flags.put(worker, true) : null);
            }
        }
    }
}
