package org.brokertck.tck.faulty.pubsub;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults that show when several threads share a subscription, or race with those who publish and close. */
final class SharingFaults {
    private SharingFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "OneSignalForSeveral",
                        "G-4",
                        "of the takes \\d still wait",
                        "Wakes a taker only when the buffer was empty before.",
                        OneSignal::new),
                PubSubFault.subscription(
                        "StolenLooksLikeTheEnd",
                        "G-4",
                        "returned empty, as though that had ended",
                        "Does not wait again when another one was quicker.",
                        (broker, text) -> new PlainSubscription(broker, text) {
                            @Override
                            protected boolean awaitChange() {
                                super.awaitChange();
                                return false;
                            }
                        }),
                PubSubFault.plain(
                        "InterruptAfterTheTake",
                        "G-9",
                        "an interrupted thread took nothing; the next take brought|received nothing within|did not receive",
                        "Looks for an interrupt when it has removed the message already.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Optional<Message> take(PlainSubscription subscription) {
                                Optional<Message> message = super.take(subscription);
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new OperationInterruptedException("Interrupted while taking a message");
                                }
                                return message;
                            }
                        }),
                PubSubFault.subscription(
                        "CountsInNanoseconds",
                        "P-1",
                        "poll threw java.lang.ArithmeticException",
                        "Has no number for a wait of more than three hundred years.",
                        (broker, text) -> new PlainSubscription(broker, text) {
                            @Override
                            public Optional<Message> poll(Duration timeout) {
                                return super.poll(Duration.ofNanos(timeout.toNanos()));
                            }
                        }),
                PubSubFault.plain(
                        "DropsUnderTheNewTopic",
                        "P-17",
                        "is due to count",
                        "Counts what it drops under the topic of the message that needed the room.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void offer(PlainSubscription subscription, Message message) {
                                if (subscription.buffer.size() == config().bufferCapacity()
                                        && config().overflow() == OverflowPolicy.DROP_OLDEST) {
                                    subscription.buffer.removeFirst();
                                    dropped(subscription, message);
                                }
                                super.offer(subscription, message);
                            }
                        }),
                PubSubFault.plain(
                        "LooksThenAdmits",
                        "P-17",
                        "2 of them are to be told apart",
                        "Looks whether one more topic may be told apart, and adds it a moment later.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void count(String topic, TopicCounts more) {
                                boolean apart = counts.containsKey(topic) || counts.size() < config().countedTopics();
                                line().lock.unlock();
                                Thread.yield();
                                line().lock.lock();
                                if (apart) {
                                    counts.merge(topic, more, TopicCounts::plus);
                                } else {
                                    super.count(topic, more);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "RemembersWhoWasThere",
                        "P-1",
                        "received nothing within|did not receive",
                        "Looks anew who hears of a topic, but not within a millisecond after it did so for another subscriber.",
                        RemembersWhoWasThere::new),
                PubSubFault.plain(
                        "ComesThroughTheClosingDoor",
                        "P-14",
                        "as the reason of its end",
                        "Asks whether it is closed, and adds the subscription a moment later.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected PlainSubscription newSubscription(String text) {
                                line().lock.unlock();
                                Thread.yield();
                                line().lock.lock();
                                return super.newSubscription(text);
                            }

                            @Override
                            protected void add(PlainSubscription subscription) {
                                if (closed) {
                                    subscriptions.add(subscription);
                                } else {
                                    super.add(subscription);
                                }
                            }
                        }));
    }

    private static final class OneSignal extends PlainPubSub {
        OneSignal(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainSubscription newSubscription(String text) {
            return new PlainSubscription(this, text) {
                @Override
                protected boolean awaitChange() {
                    do {
                        super.awaitChange();
                    } while (reason == null && buffer.size() != 1);
                    return true;
                }
            };
        }
    }

    private static final class RemembersWhoWasThere extends PlainPubSub {
        private static final long MILLISECOND = 1_000_000;

        private final Map<String, List<PlainSubscription>> known = new HashMap<>();
        private long forgotten = System.nanoTime() - MILLISECOND;

        RemembersWhoWasThere(Opening opening) {
            super(opening);
        }

        @Override
        protected void add(PlainSubscription subscription) {
            super.add(subscription);
            if (System.nanoTime() - forgotten >= MILLISECOND) {
                known.clear();
                forgotten = System.nanoTime();
            }
        }

        @Override
        protected List<PlainSubscription> hearing(String topic) {
            return known.computeIfAbsent(topic, super::hearing);
        }
    }
}
