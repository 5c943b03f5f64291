package org.brokertck.tck.faulty.partitioned;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults in what becomes of a partition when its owner changes, and in where groups begin and begin again. */
final class RebalanceFaults {
    private RebalanceFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "PositionInPlaceOfTheCommit",
                        "L-10",
                        "were never settled by group",
                        "Lets a new owner go on after what the old one was given, not after what it committed.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
                                locked(() -> {
                                    if (worker.member().cutOff && worker.slot().committed == record.offset()) {
                                        commitUpTo(worker.slot(), record.offset() + 1);
                                    }
                                    return true;
                                });
                                super.settle(worker, record, failure);
                            }
                        }),
                PartitionedFault.plain(
                        "TheDeadCommit",
                        "L-10",
                        "attempted it 0 times|were never settled by group",
                        "Counts the success of a handler whose member was abandoned meanwhile.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean counts(Worker worker) {
                                return !ended;
                            }
                        }),
                PartitionedFault.plain(
                        "TheDeadFail",
                        "L-10",
                        "there were 0 more attempts, and set aside are \\[DeadRecord",
                        "Counts what the handler of an abandoned member throws, its interrupt included, as an attempt.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
                                locked(() -> {
                                    if (worker.member().cutOff && failure != null && !ended) {
                                        failed(worker.slot(), record, failure);
                                    }
                                    return true;
                                });
                                super.settle(worker, record, failure);
                            }
                        }),
                PartitionedFault.plain(
                        "AttemptsStartAnewWithEachMember",
                        "L-15",
                        "attempted .* times with a delivery limit of",
                        "Keeps the number of attempts with the member, so that the next one begins at none.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void letGo(Worker worker) {
                                locked(() -> worker.slot().attempts = 0);
                                super.letGo(worker);
                            }
                        }),
                PartitionedFault.plain(
                        "LeavingForgetsTheLastCommit",
                        "L-10",
                        "again, which .* had handled and committed|again after it had handled it",
                        "Does not commit what a leaving member's handlers end with.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean counts(Worker worker) {
                                return super.counts(worker) && (closing || !worker.member().leaving);
                            }
                        }),
                PartitionedFault.plain(
                        "RevokedForgetsTheLastCommit",
                        "L-10",
                        "again, which .* had handled and committed|again after it had handled it",
                        "Does not commit what a handler ends with once its partition was given to another member.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected boolean counts(Worker worker) {
                                PlainMember owner = worker.slot().owner;
                                return super.counts(worker) && (owner == null || owner == worker.member());
                            }
                        }),
                PartitionedFault.plain(
                        "CommitsEveryFifth",
                        "L-10",
                        "again, which .* had handled and committed",
                        "Commits every fifth record, and forgets to commit the rest before a rebalance.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void begin(Slot slot, PlainMember member) {
                                slot.committed = Math.max(slot.partition().first(), slot.committed / 5 * 5);
                                super.begin(slot, member);
                            }
                        }),
                PartitionedFault.plain(
                        "NewOwnerStartsAtTheEnd",
                        "L-10",
                        "were never settled by group",
                        "Lets a member that takes over a partition start at its end, as a new group would.",
                        it -> new PlainPartitionedBroker(it) {
                            private final IdentityHashMap<Slot, Boolean> owned = new IdentityHashMap<>();

                            @Override
                            protected void begin(Slot slot, PlainMember member) {
                                if (owned.put(slot, true) != null) {
                                    slot.committed = slot.partition().next();
                                }
                                super.begin(slot, member);
                            }
                        }),
                PartitionedFault.plain(
                        "PartitionsOfTheLeftAreOrphans",
                        "L-10",
                        "were never settled by group",
                        "Divides anew when a member joins, not when one leaves.",
                        PartitionsOfTheLeftAreOrphans::new),
                PartitionedFault.plain(
                        "ResumesOneTooFar",
                        "L-11",
                        "were never settled by group",
                        "Takes the committed offset for that of the last record handled, where it is the one after.",
                        it -> new ResumesElsewhere(it, 1)),
                PartitionedFault.plain(
                        "RepeatsTheLastCommitted",
                        "L-11",
                        "again after it had handled it",
                        "Resumes with the last record that was committed.",
                        it -> new ResumesElsewhere(it, -1)),
                PartitionedFault.plain(
                        "EmptyGroupIsForgotten",
                        "L-11",
                        "again after it had handled it",
                        "Deletes a group with its last member.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void letGo(Worker worker) {
                                super.letGo(worker);
                                Group group = worker.member().group();
                                locked(() -> group.members.isEmpty() && !closing
                                        ? group.topic().groups.remove(group.name())
                                        : null);
                            }
                        }),
                PartitionedFault.plain(
                        "EmptyGroupMissesWhatComes",
                        "L-12",
                        "were never settled by group",
                        "Lets a group that comes back begin with the latest record.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Group group(Topic topic, String name, StartFrom startFrom) {
                                Group group = super.group(topic, name, startFrom);
                                if (group.members.isEmpty() && startFrom == StartFrom.LATEST) {
                                    group.slots()
                                            .forEach(slot -> slot.committed =
                                                    slot.partition().next());
                                }
                                return group;
                            }
                        }),
                PartitionedFault.plain(
                        "TellsTheLastCommitted",
                        "L-11",
                        "but committed are|and committed is",
                        "Tells the offset of the last committed record instead of the one after it.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public Map<Integer, Long> committed(String topic, String group) {
                                Map<Integer, Long> committed = super.committed(topic, group);
                                committed.replaceAll((partition, offset) -> Math.max(0, offset - 1));
                                return committed;
                            }
                        }),
                PartitionedFault.plain(
                        "TellsThePositionAsCommitted",
                        "L-11",
                        "is in hand, and committed is|but committed are",
                        "Tells a record as committed once it was handed to a handler.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public Map<Integer, Long> committed(String topic, String group) {
                                return locked(() -> {
                                    Map<Integer, Long> committed = super.committed(topic, group);
                                    Group there = topic(topic).groups.get(group);
                                    if (there != null) {
                                        there.slots().stream()
                                                .filter(slot -> slot.worker != null && slot.worker.busy)
                                                .forEach(slot -> committed.merge(
                                                        slot.partition().number(), 1L, Long::sum));
                                    }
                                    return committed;
                                });
                            }
                        }),
                start(
                        "LatestIsEarliest",
                        "starts at the latest record and was given",
                        "Starts every new group with the earliest record.",
                        (partition, from) -> partition.first()),
                start(
                        "EarliestIsLatest",
                        "were never settled by group",
                        "Starts every new group with the latest record.",
                        (partition, from) -> partition.next()),
                start(
                        "LatestIsTheLast",
                        "starts at the latest record and was given",
                        "Starts with the last record that is there, where the next one is due.",
                        (partition, from) -> from == StartFrom.EARLIEST
                                ? partition.first()
                                : Math.max(partition.first(), partition.next() - 1)),
                PartitionedFault.plain(
                        "StartMovesTheGroup",
                        "L-12",
                        "again after it had handled it",
                        "Heeds where to start also when the group is not new.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Group group(Topic topic, String name, StartFrom startFrom) {
                                boolean there = topic.groups.containsKey(name);
                                Group group = super.group(topic, name, startFrom);
                                if (there && group.members.isEmpty() && startFrom == StartFrom.EARLIEST) {
                                    group.slots()
                                            .forEach(slot -> slot.committed =
                                                    slot.partition().first());
                                }
                                return group;
                            }
                        }),
                PartitionedFault.plain(
                        "ConfiguredStartIsIgnored",
                        "L-12",
                        "starts at the latest record and was given",
                        "Heeds where a subscription says to start, and not where the configuration does.",
                        it -> new PlainPartitionedBroker(it.withConfig(withEarliest(it.config())))),
                read("ReadsFromTheNext", "Reads from the record after the one that was asked for.", 1, 0),
                read("ReadsOneTooMany", "Reads one record more than was asked for.", 0, 1),
                PartitionedFault.plain(
                        "ReadsNothingThatIsHandled",
                        "L-12",
                        "can be read again|read .*gave",
                        "Forgets records once all groups have handled them.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected List<PartitionRecord> readFrom(Partition partition, long from, int limit) {
                                List<PartitionRecord> read = new ArrayList<>(super.readFrom(partition, from, limit));
                                boolean groups = !partition.topic().groups.isEmpty();
                                read.removeIf(record -> groups && record.offset() < partition.handled());
                                return read;
                            }
                        }));
    }

    private static org.brokertck.api.partitioned.PartitionedConfig withEarliest(
            org.brokertck.api.partitioned.PartitionedConfig it) {
        return new org.brokertck.api.partitioned.PartitionedConfig(
                it.partitionCapacity(),
                it.produceTimeout(),
                it.linger(),
                it.batchSize(),
                it.deliveryLimit(),
                it.backoff(),
                StartFrom.EARLIEST,
                it.drainTimeout(),
                it.rateWindow(),
                it.maxConnections());
    }

    /** Where a new group starts. */
    private interface Start {
        long of(Partition partition, StartFrom from);
    }

    private static Fault start(String name, String finding, String description, Start start) {
        return PartitionedFault.plain(name, "L-12", finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected long start(Partition partition, StartFrom startFrom) {
                return start.of(partition, startFrom);
            }
        });
    }

    private static Fault read(String name, String description, int offset, int more) {
        return PartitionedFault.plain(name, "L-12", "read .*gave", description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected List<PartitionRecord> readFrom(Partition partition, long from, int limit) {
                return super.readFrom(partition, from + offset, limit + more);
            }
        });
    }

    private static final class PartitionsOfTheLeftAreOrphans extends PlainPartitionedBroker {
        private boolean leaving;

        PartitionsOfTheLeftAreOrphans(Opening opening) {
            super(opening);
        }

        @Override
        protected void leave(PlainMember member) {
            leaving = true;
            super.leave(member);
            leaving = false;
        }

        @Override
        protected boolean goesOn(Worker worker) {
            return super.goesOn(worker) && !worker.member().leaving;
        }

        @Override
        protected void handOver(Slot slot) {
            if (slot.owner == null || slot.worker != null || !slot.owner.leaving) {
                super.handOver(slot);
            }
        }

        @Override
        protected PlainMember assigned(Slot slot, List<PlainMember> all) {
            return leaving && slot.owner != null ? slot.owner : super.assigned(slot, all);
        }
    }

    /** A group that comes back begins so many records off. */
    private static final class ResumesElsewhere extends PlainPartitionedBroker {
        private final int off;

        ResumesElsewhere(Opening opening, int off) {
            super(opening);
            this.off = off;
        }

        @Override
        protected Group group(Topic topic, String name, StartFrom startFrom) {
            Group group = super.group(topic, name, startFrom);
            boolean back = group.members.isEmpty();
            for (Slot slot : group.slots()) {
                boolean begun = slot.committed > slot.partition().first();
                if (back && begun) {
                    slot.committed = Math.min(slot.partition().next(), slot.committed + off);
                }
            }
            return group;
        }
    }
}
