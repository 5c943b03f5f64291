package org.brokertck.tck.faulty.partitioned;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.jspecify.annotations.Nullable;

/** Faults in what groups receive, and in how their members divide it. */
final class GroupFaults {
    private GroupFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "SecondGroupSteals",
                        "L-7",
                        "were never settled by group",
                        "Lets every further group of a topic join the first.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Group group(Topic topic, String name, StartFrom startFrom) {
                                return topic.groups.isEmpty()
                                        ? super.group(topic, name, startFrom)
                                        : topic.groups.values().iterator().next();
                            }
                        }),
                PartitionedFault.plain(
                        "CommitMovesEveryGroup",
                        "L-7",
                        "were never settled by group",
                        "Keeps one committed offset for each partition, whichever group it is of.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void commitUpTo(Slot slot, long offset) {
                                for (Group group : slot.group().topic().allGroups()) {
                                    Slot same = group.slot(slot.partition().number());
                                    super.commitUpTo(same, Math.max(same.committed, offset));
                                }
                            }
                        }),
                PartitionedFault.plain(
                                "EachMemberHasItAll",
                                "L-7",
                                "again after it had handled it",
                                "Gives each member of a group every record, as though it were a group of its own.",
                                EachMemberHasItAll::new)
                        .and("L-8", "did not come to divide \\d+ partitions evenly"),
                PartitionedFault.plain(
                        "CommitSkipsAfterARetry",
                        "L-7",
                        "were never settled by group",
                        "Advances by the number of attempts where a record took two.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void commit(Slot slot, PartitionRecord record) {
                                commitUpTo(slot, slot.committed + (slot.attempts == 1 ? 2 : 1));
                            }
                        }),
                PartitionedFault.plain(
                        "LeaseRunsOut",
                        "L-7",
                        "again after it had handled it",
                        "Gives a record out again when its handler took longer than a lease of two milliseconds.",
                        LeaseRunsOut::new),
                PartitionedFault.plain(
                        "FirstTakesAll",
                        "L-8",
                        "did not come to divide \\d+ partitions evenly",
                        "Gives all partitions to the member that came first.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember assigned(Slot slot, List<PlainMember> all) {
                                return all.get(0);
                            }
                        }),
                PartitionedFault.plain(
                        "RestGoesToTheLast",
                        "L-8",
                        "did not come to divide \\d+ partitions evenly",
                        "Rounds the share of a member down, and gives what remains to the last one.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember assigned(Slot slot, List<PlainMember> all) {
                                int share = Math.max(1, slot.group().topic().size() / all.size());
                                return all.get(Math.min(
                                        all.size() - 1, slot.partition().number() / share));
                            }
                        }),
                PartitionedFault.plain(
                        "SharesAreRoundedUp",
                        "L-8",
                        "did not come to divide \\d+ partitions evenly",
                        "Rounds the share of a member up, so that the last ones get too little.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember assigned(Slot slot, List<PlainMember> all) {
                                int size = slot.group().topic().size();
                                return all.get(slot.partition().number() / ((size + all.size() - 1) / all.size()));
                            }
                        }),
                PartitionedFault.plain(
                        "IdleMemberStaysIdle",
                        "L-8",
                        "did not come to divide \\d+ partitions evenly",
                        "Divides the partitions of a member that leaves among those that have some.",
                        IdleMemberStaysIdle::new),
                PartitionedFault.plain(
                        "JoiningChangesNothing",
                        "L-8",
                        "did not come to divide \\d+ partitions evenly",
                        "Leaves each partition where it is as long as its owner is there.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember assigned(Slot slot, List<PlainMember> all) {
                                return slot.owner != null && all.contains(slot.owner)
                                        ? slot.owner
                                        : super.assigned(slot, all);
                            }
                        }),
                PartitionedFault.plain(
                        "LeftMemberTellsItsPartitions",
                        "L-8",
                        "has left its group and still has the partitions",
                        "Tells the partitions that a member had, after it has left.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PlainMember newMember(Group group, RecordHandler handler) {
                                return new PlainMember(this, group, handler) {
                                    private Set<Integer> last = Set.of();

                                    @Override
                                    protected Set<Integer> held() {
                                        last = leaving ? last : super.held();
                                        return last;
                                    }
                                };
                            }
                        }),
                PartitionedFault.plain(
                        "OverlapWhileRebalancing",
                        "L-9",
                        "handled records of partition \\d+ at the same time",
                        "Lets the new owner of a partition begin while a handler of the old one runs.",
                        OverlapWhileRebalancing::new),
                PartitionedFault.plain(
                        "DoesNotWaitForTheDead",
                        "L-9",
                        "handled records of partition \\d+ at the same time",
                        "Takes a member that is abandoned for dead, and its running handler with it.",
                        DoesNotWaitForTheDead::new),
                PartitionedFault.plain(
                        "HandlersRunInAPool",
                        "L-9",
                        "and (itself|member-\\d+) of group .* handled records of partition \\d+ at the same time",
                        "Hands each record to a pool of threads and waits for it no longer than a moment.",
                        HandlersRunInAPool::new));
    }

    private static final class EachMemberHasItAll extends PlainPartitionedBroker {
        private int joined;

        EachMemberHasItAll(Opening opening) {
            super(opening);
        }

        @Override
        protected Group group(Topic topic, String name, StartFrom startFrom) {
            return super.group(topic, name + "-" + joined++, startFrom);
        }
    }

    private static final class LeaseRunsOut extends PlainPartitionedBroker {
        private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

        LeaseRunsOut(Opening opening) {
            super(opening);
        }

        private final IdentityHashMap<Slot, Long> repeated = new IdentityHashMap<>();

        @Override
        protected void attempt(Worker worker, PartitionRecord record) {
            long start = System.nanoTime();
            super.attempt(worker, record);
            locked(() -> {
                Slot slot = worker.slot();
                boolean late = System.nanoTime() - start > LEASE_NANOS;
                if (late && slot.committed == record.offset() + 1 && repeated.put(slot, slot.committed) == null) {
                    slot.committed--;
                }
                return true;
            });
        }
    }

    private static final class IdleMemberStaysIdle extends PlainPartitionedBroker {
        private boolean leaving;

        IdleMemberStaysIdle(Opening opening) {
            super(opening);
        }

        @Override
        protected void leave(PlainMember member) {
            leaving = true;
            super.leave(member);
            leaving = false;
        }

        @Override
        protected PlainMember assigned(Slot slot, List<PlainMember> all) {
            List<PlainMember> busy = new ArrayList<>(all);
            if (leaving) {
                busy.removeIf(it -> slot.group().slots().stream().noneMatch(other -> other.isHeldBy(it)));
            }
            return super.assigned(slot, busy.isEmpty() ? all : busy);
        }
    }

    /** A worker of the old owner lets go at once; what its handler ends with still counts. */
    private static class OverlapWhileRebalancing extends PlainPartitionedBroker {
        OverlapWhileRebalancing(Opening opening) {
            super(opening);
        }

        protected boolean isLate(Worker worker) {
            return worker.member() != worker.slot().owner;
        }

        @Override
        protected void handOver(Slot slot) {
            Worker worker = slot.worker;
            if (worker != null && worker.busy && slot.owner != null && isLate(worker)) {
                slot.worker = null;
            }
            super.handOver(slot);
        }
    }

    private static final class DoesNotWaitForTheDead extends OverlapWhileRebalancing {
        DoesNotWaitForTheDead(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainMember newMember(Group group, RecordHandler handler) {
            return new PlainMember(this, group, handler) {
                @Override
                public void abandon() {
                    locked(() -> {
                        cutOff = true;
                        return true;
                    });
                    super.abandon();
                }
            };
        }

        @Override
        protected boolean isLate(Worker worker) {
            return worker.member().cutOff;
        }
    }

    private static final class HandlersRunInAPool extends PlainPartitionedBroker {
        private static final long MOMENT_MILLIS = 10;

        HandlersRunInAPool(Opening opening) {
            super(opening);
        }

        @Override
        protected void handle(Worker worker, PartitionRecord record) throws Exception {
            @Nullable Throwable[] failure = new Throwable[1];
            Thread thread = new Thread(
                    () -> {
                        try {
                            worker.member().handler().handle(record);
                        } catch (Throwable thrown) {
                            failure[0] = thrown;
                        }
                    },
                    "plain-pool");
            thread.setDaemon(true);
            thread.start();
            thread.join(MOMENT_MILLIS);
            if (!thread.isAlive() && failure[0] != null) {
                throw new IllegalStateException(failure[0]);
            }
        }
    }
}
