package org.brokertck.tck.faulty.partitioned.legal;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.PlainTarget;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** All odd but legal implementations, by name. */
final class LegalPartitioned {
    private LegalPartitioned() {}

    static List<ConformanceTarget> all() {
        return List.of(
                new PlainTarget("ClaimsNothing", Set.of(), new Limits(1 << 10, 1 << 16), null, ClaimsNothing::new),
                PlainTarget.of("OtherHashAndKeylessInRuns", it -> new PlainPartitionedBroker(it) {
                    private int keyless;

                    @Override
                    protected int ofKey(String key, int partitions) {
                        int hash = 0x811c9dc5;
                        for (int i = 0; i < key.length(); i++) {
                            hash = (hash ^ key.charAt(i)) * 0x01000193;
                            hash ^= hash >>> 15;
                        }
                        return Integer.remainderUnsigned((hash * 0x9e3779b1) >>> 8, partitions);
                    }

                    @Override
                    protected int withoutKey(Topic topic) {
                        return keyless++ / 16 % topic.size();
                    }
                }),
                PlainTarget.of("NeverLingers", it -> new PlainPartitionedBroker(it) {
                    @Override
                    protected Duration linger() {
                        return Duration.ZERO;
                    }
                }),
                PlainTarget.of("BatchPerPartitionAndWaitingProducesFirst", WaitingProducesFirst::new),
                PlainTarget.of("OneHandlerPerMember", OneHandlerPerMember::new),
                PlainTarget.of("SlowRebalanceInRanges", SlowRebalanceInRanges::new),
                PlainTarget.of("StickyAssignment", StickyAssignment::new),
                PlainTarget.of("EverythingTakesItsTime", it -> new PlainPartitionedBroker(it) {
                    @Override
                    protected void handle(Worker worker, PartitionRecord record) throws Exception {
                        if (ThreadLocalRandom.current().nextInt(64) == 0) {
                            LockSupport.parkNanos(300_000);
                        }
                        super.handle(worker, record);
                    }

                    @Override
                    public Position produce(String topic, KeyedMessage message) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(100_000));
                        return super.produce(topic, message);
                    }

                    @Override
                    public ShutdownReport shutdown(Duration deadline) {
                        ShutdownReport report = super.shutdown(deadline);
                        LockSupport.parkNanos(TckTimeouts.current().tolerance().toNanos() / 30);
                        return report;
                    }
                }));
    }

    /** No offsets, no replay, no bound of its own: what adapters to a plain work queue would be. */
    private static final class ClaimsNothing extends PlainPartitionedBroker {
        ClaimsNothing(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean hasRoom(Partition partition, int records) {
            return true;
        }

        @Override
        protected long start(Partition partition, org.brokertck.api.partitioned.StartFrom startFrom) {
            return partition.next();
        }

        @Override
        protected Position told(Partition partition, Position position) {
            return new Position(position.partition(), Position.UNKNOWN_OFFSET);
        }

        @Override
        protected PartitionRecord record(Partition partition, Position position, Pending pending) {
            return super.record(partition, new Position(partition.number(), Position.UNKNOWN_OFFSET), pending);
        }

        @Override
        public Map<Integer, Long> committed(String topic, String group) {
            throw new UnsupportedOperationException("offsets are not told");
        }

        @Override
        public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
            throw new UnsupportedOperationException("the log cannot be read again");
        }
    }

    /** Whoever waits for the broker overtakes what lingers; batches are of one partition each. */
    private static final class WaitingProducesFirst extends PlainPartitionedBroker {
        private boolean waiting;

        WaitingProducesFirst(Opening opening) {
            super(opening);
        }

        @Override
        public Position produce(String topic, KeyedMessage message) {
            checked(message, "message");
            Pending pending = locked(() -> {
                waiting = true;
                try {
                    return accepted(topic, List.of(message)).get(0);
                } finally {
                    waiting = false;
                }
            });
            return awaitAll(List.of(pending)).get(0);
        }

        @Override
        protected Pending accept(Partition partition, KeyedMessage message, long startNanos) {
            Pending pending = super.accept(partition, message, startNanos);
            if (waiting && config().linger().compareTo(Duration.ZERO) > 0) {
                gathered.remove(pending);
                send(List.of(pending));
            }
            return pending;
        }

        @Override
        protected void send(List<Pending> batch) {
            super.send(batch);
            long partitions = batch.stream().map(Pending::partition).distinct().count();
            meters.batches += partitions - 1;
        }
    }

    /** A member's handler is never called for two partitions at once. */
    private static final class OneHandlerPerMember extends PlainPartitionedBroker {
        private final IdentityHashMap<PlainMember, Worker> busy = new IdentityHashMap<>();

        OneHandlerPerMember(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean mayTake(Worker worker) {
            return !busy.containsKey(worker.member());
        }

        @Override
        protected @Nullable PartitionRecord take(Worker worker) {
            return locked(() -> {
                PartitionRecord taken = super.take(worker);
                if (taken != null) {
                    busy.put(worker.member(), worker);
                }
                return taken;
            });
        }

        @Override
        protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
            locked(() -> {
                busy.remove(worker.member());
                super.settle(worker, record, failure);
                worker.member().workers.forEach(other -> other.slot().work.signalAll());
                return true;
            });
        }
    }

    /** New owners begin late; members have neighbouring partitions, the last member the first ones. */
    private static final class SlowRebalanceInRanges extends PlainPartitionedBroker {
        SlowRebalanceInRanges(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainMember assigned(Slot slot, List<PlainMember> all) {
            int size = slot.group().topic().size();
            return all.get(all.size() - 1 - slot.partition().number() * Math.min(all.size(), size) / size);
        }

        @Override
        protected void letGo(Worker worker) {
            LockSupport.parkNanos(
                    locked(() -> closing)
                            ? 0
                            : TckTimeouts.current().tolerance().toNanos() / 100);
            super.letGo(worker);
        }
    }

    /** Moves no more partitions than it must, and counts attempts anew with each owner. */
    private static final class StickyAssignment extends PlainPartitionedBroker {
        StickyAssignment(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainMember assigned(Slot slot, List<PlainMember> all) {
            IdentityHashMap<PlainMember, Integer> shares = new IdentityHashMap<>();
            all.forEach(it -> shares.put(it, 0));
            List<Slot> slots = slot.group().slots();
            int number = slot.partition().number();
            // Those before have their new owners, those after their old ones.
            slots.subList(0, number).forEach(it -> shares.computeIfPresent(it.owner, (owner, share) -> share + 1));
            int most = (slots.size() + all.size() - 1) / all.size();
            int full = slots.size() % all.size() == 0 ? all.size() : slots.size() % all.size();
            long atMost = shares.values().stream().filter(it -> it == most).count();
            PlainMember old = slot.owner;
            if (old != null
                    && shares.containsKey(old)
                    && (shares.get(old) < most - 1 || (shares.get(old) == most - 1 && atMost < full))) {
                return old;
            }
            return shares.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
        }
    }
}
