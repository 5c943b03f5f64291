package org.brokertck.tck.faulty.pubsub.legal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;
import org.brokertck.tck.faulty.pubsub.plain.PlainTarget;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedPubSub;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedTarget;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** All odd but legal publish/subscribe brokers, by name. */
final class LegalPubSubs {
    private LegalPubSubs() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("LateDelivery", LateDelivery::new),
                PlainTarget.of("LanePerPublisher", LanePerPublisher::new),
                new PlainTarget("SmallestLimits", Set.of(), new Limits(1 << 10, 1 << 16), null, PlainPubSub::new),
                PlainTarget.of("MetricsLagBehind", it -> new PlainPubSub(it) {
                    private @Nullable PubSubMetrics last;
                    private long taken;

                    @Override
                    protected PubSubMetrics snapshot() {
                        PubSubMetrics known = last;
                        if (known == null || closed || System.nanoTime() - taken > 5_000_000) {
                            known = super.snapshot();
                            last = known;
                            taken = System.nanoTime();
                        }
                        return known;
                    }
                }),
                PlainTarget.of("LooksForIdleNowAndThen", it -> new PlainPubSub(it) {
                    @Override
                    protected Duration idleFor(PlainSubscription subscription) {
                        Duration left = super.idleFor(subscription);
                        Duration round = config().idleTimeout().dividedBy(3);
                        return left.isNegative() || left.isZero() || left.compareTo(round) > 0 ? left : round;
                    }
                }),
                PlainTarget.of("RefusesInterruptedPublishers", it -> new PlainPubSub(it) {
                    @Override
                    protected void requireUsable(Duration patience) {
                        super.requireUsable(patience);
                        if (Thread.currentThread().isInterrupted()) {
                            throw new OperationInterruptedException("Interrupted before anything was done");
                        }
                    }
                }),
                PlainTarget.of("WordyRefusals", it -> new PlainPubSub(it) {
                    @Override
                    public void publish(String topic, Message message) {
                        requireArgument(topic, "Topic");
                        requireArgument(message, "Message");
                        super.publish(topic, message);
                    }

                    @Override
                    public Subscription subscribe(String topic) {
                        requireArgument(topic, "Topic");
                        return super.subscribe(topic);
                    }

                    @Override
                    public void unsubscribe(String topic) {
                        requireArgument(topic, "Topic");
                        super.unsubscribe(topic);
                    }
                }),
                PlainTarget.of("SlowTakes", it -> new PlainPubSub(it) {
                    @Override
                    protected PlainSubscription newSubscription(String text) {
                        return new PlainSubscription(this, text) {
                            @Override
                            public Optional<Message> poll(Duration timeout) {
                                Optional<Message> message = super.poll(timeout);
                                LockSupport.parkNanos(
                                        ThreadLocalRandom.current().nextLong(100_000));
                                return message;
                            }
                        };
                    }
                }),
                PlainTarget.of("SlowClose", it -> new PlainPubSub(it) {
                    @Override
                    public void close() {
                        super.close();
                        LockSupport.parkNanos(TckTimeouts.current().tolerance().toNanos() / 30);
                    }
                }),
                new SimulatedTarget("GenerousGaps", (server, it) -> new SimulatedPubSub(server, it) {
                    @Override
                    protected void connectedAgain() {
                        super.connectedAgain();
                        super.connectedAgain();
                    }
                }),
                new SimulatedTarget("MissesNothing", (server, it) -> new SimulatedPubSub(server, it) {
                    @Override
                    protected void missed(String topic, Message message) {
                        deliver(topic, message);
                    }
                }));
    }

    private static void requireArgument(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " must not be null, dear caller, and was");
        }
    }
}
