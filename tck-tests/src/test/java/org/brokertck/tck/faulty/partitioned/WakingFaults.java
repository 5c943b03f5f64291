package org.brokertck.tck.faulty.partitioned;

import java.util.List;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Group;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.jspecify.annotations.Nullable;

/** Faults of members that fall asleep, and of groups that have slept all the time. */
final class WakingFaults {
    private WakingFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "LooksThenSleeps",
                        "L-7",
                        "was not handled within",
                        "Looks for a record, and goes to sleep without looking whether one has come since.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected @Nullable PartitionRecord next(Slot slot) {
                                PartitionRecord next = super.next(slot);
                                if (next == null) {
                                    store().lock.unlock();
                                    Thread.yield();
                                    store().lock.lock();
                                }
                                return next;
                            }
                        }),
                PartitionedFault.plain(
                        "SetAsideWakesNoProducer",
                        "L-19",
                        "since a record was set aside (threw|did not return)",
                        "Tells waiting producers of room when a record is handled, and not when one is set aside.",
                        it -> new PlainPartitionedBroker(it) {
                            private boolean untold;

                            @Override
                            protected void park(Slot slot, DeadRecord dead) {
                                super.park(slot, dead);
                                untold = true;
                            }

                            @Override
                            protected void consumed(Slot slot, PartitionRecord record) {
                                super.consumed(slot, record);
                                untold = false;
                            }

                            @Override
                            protected void awaitRoom(Topic topic, List<Partition> partitions) {
                                untold = false;
                                super.awaitRoom(topic, partitions);
                            }

                            @Override
                            protected boolean hasRoom(Partition partition, int records) {
                                return !untold && super.hasRoom(partition, records);
                            }
                        }),
                PartitionedFault.plain(
                        "UncommittedGroupIsNew",
                        "L-12",
                        "were never settled by group",
                        "Keeps of a group what it has committed, so that one that left before it committed anything is new.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected Group group(Topic topic, String name, StartFrom startFrom) {
                                Group group = super.group(topic, name, startFrom);
                                boolean uncommitted = group.slots().stream()
                                        .allMatch(slot -> slot.committed
                                                == slot.partition().first());
                                if (group.members.isEmpty() && uncommitted) {
                                    group.slots().forEach(slot -> slot.committed = start(slot.partition(), startFrom));
                                }
                                return group;
                            }
                        }));
    }
}
