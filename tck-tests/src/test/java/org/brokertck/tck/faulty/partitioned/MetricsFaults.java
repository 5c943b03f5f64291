package org.brokertck.tck.faulty.partitioned;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Meters;
import org.brokertck.tck.faulty.partitioned.plain.Partition;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.PlainMember;
import org.brokertck.tck.faulty.partitioned.plain.PlainPartitionedBroker;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Topic;
import org.jspecify.annotations.Nullable;

/** Faults in the figures. */
final class MetricsFaults {
    private MetricsFaults() {}

    static List<Fault> all() {
        return List.of(
                PartitionedFault.plain(
                        "CountsTheRefused",
                        "L-17",
                        "were produced and 2 refused, and the metrics say",
                        "Counts a record as produced before it looks for room.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void awaitRoom(Topic topic, List<Partition> partitions) {
                                try {
                                    super.awaitRoom(topic, partitions);
                                } catch (QueueFullException refusal) {
                                    meters.of(topic.name()).produced += partitions.size();
                                    throw refusal;
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "CountsAttemptsAsConsumed",
                        "L-17",
                        "at rest the metrics say",
                        "Counts an attempt as consumed, whatever it ends with.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void failed(Slot slot, PartitionRecord record, Throwable failure) {
                                consumed(slot, record);
                                super.failed(slot, record, failure);
                            }
                        }),
                PartitionedFault.plain(
                        "ParkedCountsAsConsumed",
                        "L-17",
                        "at rest the metrics say",
                        "Counts whatever a group is done with as consumed.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void failed(Slot slot, PartitionRecord record, Throwable failure) {
                                long before = slot.committed;
                                super.failed(slot, record, failure);
                                if (slot.committed > before) {
                                    consumed(slot, record);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "BytesWithTheKeys",
                        "L-17",
                        "at rest the metrics say",
                        "Counts the bytes of keys as bytes produced.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void produced(Pending pending) {
                                super.produced(pending);
                                String key = pending.message().key();
                                meters.of(pending.partition().topic().name()).bytesProduced +=
                                        key == null ? 0 : key.length();
                            }
                        }),
                PartitionedFault.plain(
                        "SecondGroupIsNotCounted",
                        "L-17",
                        "but the metrics stayed at|at rest the metrics say",
                        "Counts a record as consumed by the first of its groups only.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void consumed(Slot slot, PartitionRecord record) {
                                if (slot.partition().handled() <= record.offset()
                                        && slot.group().topic().allGroups().stream()
                                                .allMatch(group -> group.slot(slot.partition()
                                                                        .number())
                                                                .committed
                                                        <= record.offset())) {
                                    super.consumed(slot, record);
                                }
                            }
                        }),
                PartitionedFault.plain(
                        "BatchCountsAsOne",
                        "L-17",
                        "at rest the metrics say",
                        "Counts a batch as one record produced.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void send(List<Pending> batch) {
                                super.send(batch);
                                IdentityHashMap<Topic, Integer> sizes = new IdentityHashMap<>();
                                batch.forEach(pending ->
                                        sizes.merge(pending.partition().topic(), 1, Integer::sum));
                                sizes.forEach((topic, size) -> meters.of(topic.name()).produced -= size - 1);
                            }
                        }),
                told(
                        "ErrorRateInverted",
                        "a fresh broker|are an error rate of",
                        "Tells the share of what succeeded.",
                        it -> with(it, it.messagesPerSecond(), it.avgLatency(), it.p99Latency(), 1 - it.errorRate())),
                told(
                        "ErrorRateInPercent",
                        "are an error rate of",
                        "Tells the error rate in percent.",
                        it -> with(it, it.messagesPerSecond(), it.avgLatency(), it.p99Latency(), it.errorRate() * 100)),
                told(
                        "P99IsTheMedian",
                        "took no time and one 100 s; the metrics say",
                        "Tells the median for both percentiles.",
                        it -> with(it, it.messagesPerSecond(), it.avgLatency(), it.p50Latency(), it.errorRate())),
                told(
                        "MeanInMicroseconds",
                        "waited for a handler of .*; the metrics say",
                        "Tells microseconds where nanoseconds are due.",
                        it -> with(
                                it,
                                it.messagesPerSecond(),
                                it.avgLatency().dividedBy(1_000),
                                it.p99Latency(),
                                it.errorRate())),
                PartitionedFault.plain(
                        "RateOverTenSeconds",
                        "L-17",
                        "and the rates are",
                        "Looks back ten seconds, whatever the window.",
                        it -> new PlainPartitionedBroker(it.withConfig(window(it.config(), Duration.ofSeconds(10))))),
                PartitionedFault.plain(
                        "RateSinceTheStart",
                        "L-17",
                        "and the rates are",
                        "Divides all that was ever produced by the time since the broker was opened.",
                        it -> new PlainPartitionedBroker(it) {
                            private final long opened = time().nanoTime();

                            @Override
                            protected PartitionedMetrics snapshot() {
                                PartitionedMetrics right = super.snapshot();
                                double seconds = Math.max(1, time().nanoTime() - opened) / 1e9;
                                long all = right.topics().values().stream()
                                        .mapToLong(TopicMetrics::messagesProduced)
                                        .sum();
                                return with(
                                        right,
                                        all / seconds,
                                        right.avgLatency(),
                                        right.p99Latency(),
                                        right.errorRate());
                            }
                        }),
                PartitionedFault.plain(
                        "HandlersNeverFail",
                        "L-17",
                        "are an error rate of",
                        "Leaves the attempts of handlers out of the error rate.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void conclude(Slot slot, PartitionRecord record, @Nullable Throwable failure) {
                                concluding = true;
                                super.conclude(slot, record, failure);
                                concluding = false;
                            }

                            private boolean concluding;

                            @Override
                            protected boolean counted(boolean succeeded) {
                                return concluding ? succeeded : super.counted(succeeded);
                            }
                        }),
                PartitionedFault.plain(
                        "WantOfRoomIsNoFailure",
                        "L-17",
                        "which is an error rate of 0.5",
                        "Leaves produces that found no room out of the error rate.",
                        it -> new PlainPartitionedBroker(it) {
                            private boolean full;

                            @Override
                            protected void awaitRoom(Topic topic, List<Partition> partitions) {
                                full = true;
                                super.awaitRoom(topic, partitions);
                                full = false;
                            }

                            @Override
                            protected boolean counted(boolean succeeded) {
                                return full ? succeeded : super.counted(succeeded);
                            }
                        }),
                PartitionedFault.plain(
                        "LatencyOfTheSenderOnly",
                        "L-17",
                        "waited for a handler of .*; the metrics say",
                        "Takes the time of a produce from when its batch is sent.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected void produced(Pending pending) {
                                long sum = meters.latencyNanos;
                                super.produced(pending);
                                meters.latencyNanos = sum;
                            }
                        }),
                PartitionedFault.plain(
                        "TheLeftStayConnected",
                        "L-17",
                        "members are there, but the metrics stayed at",
                        "Counts members that have left as active.",
                        it -> new PlainPartitionedBroker(it) {
                            private int left;

                            @Override
                            protected void leave(PlainMember member) {
                                left += member.leaving ? 0 : 1;
                                super.leave(member);
                            }

                            @Override
                            protected int connections() {
                                return super.connections() + left;
                            }
                        }),
                PartitionedFault.plain(
                        "UntouchedTopicIsMissing",
                        "L-17",
                        "metrics are|its metrics are",
                        "Tells of topics only once something was produced to them.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            protected PartitionedMetrics snapshot() {
                                PartitionedMetrics right = super.snapshot();
                                Map<String, TopicMetrics> topics = new TreeMap<>(right.topics());
                                topics.values().removeIf(topic -> topic.messagesProduced() == 0);
                                return new PartitionedMetrics(
                                        right.messagesPerSecond(),
                                        right.bytesPerSecond(),
                                        right.avgLatency(),
                                        right.p50Latency(),
                                        right.p99Latency(),
                                        right.errorRate(),
                                        right.activeConnections(),
                                        right.batches(),
                                        topics);
                            }
                        }),
                PartitionedFault.plain(
                        "UnguardedCounter",
                        "G-4",
                        "at rest the metrics say",
                        "Adds to a counter without a lock, so that additions get lost.",
                        UnguardedCounter::new),
                PartitionedFault.plain(
                        "TooLargeCountsAsProduced",
                        "G-6",
                        "records were produced and the others refused",
                        "Counts a record before it looks at its size.",
                        it -> new PlainPartitionedBroker(it) {
                            @Override
                            public org.brokertck.api.partitioned.Position produce(String topic, KeyedMessage message) {
                                try {
                                    return super.produce(topic, message);
                                } catch (MessageTooLargeException refusal) {
                                    locked(() -> meters.of(topic).produced++);
                                    throw refusal;
                                }
                            }
                        }));
    }

    private static Fault told(
            String name, String finding, String description, UnaryOperator<PartitionedMetrics> change) {
        return PartitionedFault.plain(name, "L-17", finding, description, it -> new PlainPartitionedBroker(it) {
            @Override
            protected PartitionedMetrics snapshot() {
                return change.apply(super.snapshot());
            }
        });
    }

    private static PartitionedMetrics with(
            PartitionedMetrics it, double rate, Duration mean, Duration p99, double errorRate) {
        return new PartitionedMetrics(
                rate,
                it.bytesPerSecond(),
                mean,
                it.p50Latency(),
                p99,
                errorRate,
                it.activeConnections(),
                it.batches(),
                it.topics());
    }

    private static PartitionedConfig window(PartitionedConfig it, Duration window) {
        return new PartitionedConfig(
                it.partitionCapacity(),
                it.produceTimeout(),
                it.linger(),
                it.batchSize(),
                it.deliveryLimit(),
                it.backoff(),
                it.startFrom(),
                it.drainTimeout(),
                window,
                it.maxConnections());
    }

    /** Of two produces that overlap, one addition is lost. */
    private static final class UnguardedCounter extends PlainPartitionedBroker {
        private int inside;

        UnguardedCounter(org.brokertck.tck.faulty.partitioned.plain.Opening opening) {
            super(opening);
        }

        @Override
        public org.brokertck.api.partitioned.Position produce(String topic, KeyedMessage message) {
            boolean alone = locked(() -> ++inside == 1);
            try {
                if (alone) {
                    Thread.yield();
                }
                return super.produce(topic, message);
            } finally {
                locked(() -> {
                    if (!alone) {
                        Meters.Counts counts = meters.of(topic);
                        counts.produced--;
                    }
                    return inside--;
                });
            }
        }
    }
}
