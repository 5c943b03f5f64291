package org.brokertck.tck.faulty.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults in which topics are taken, and in what is counted of them. */
final class TopicFaults {
    private static final String ACCEPTED = "was accepted where IllegalArgumentException is due";
    private static final String MISCOUNTED = "but the metrics stayed at|at rest the metrics|the metrics of";

    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "LimitCountsCharacters",
                        "P-13",
                        ACCEPTED,
                        "Counts the characters of a topic, not its bytes.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkTopic(String topic) {
                                super.checkTopic(
                                        topic.length() <= 255 && topic.getBytes(StandardCharsets.UTF_8).length > 255
                                                ? "long"
                                                : topic);
                            }
                        }),
                PubSubFault.plain(
                        "LimitIsExclusive",
                        "P-13",
                        "threw java.lang.IllegalArgumentException",
                        "Refuses a topic of 255 bytes.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkTopic(String topic) {
                                super.checkTopic(topic);
                                if (topic.getBytes(StandardCharsets.UTF_8).length == 255) {
                                    throw new IllegalArgumentException("topic is too long");
                                }
                            }
                        }),
                PubSubFault.plain(
                        "WildcardsArePublished",
                        "P-13",
                        ACCEPTED,
                        "Publishes to a topic with a wildcard as though it were a word.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void publish(String topic, Message message) {
                                super.publish(topic.replace("*", "star").replace("#", "hash"), message);
                            }
                        }),
                PubSubFault.plain(
                        "EmptyWordsAreLeftOut",
                        "P-13",
                        ACCEPTED,
                        "Cleans a topic of doubled dots and of those at its ends.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkTopic(String topic) {
                                super.checkTopic(Arrays.stream(topic.split("\\."))
                                        .filter(word -> !word.isEmpty())
                                        .collect(Collectors.joining(".")));
                            }
                        }),
                PubSubFault.plain(
                        "NobodyListensIsAnError",
                        "P-13",
                        "threw .*UnknownTopicException",
                        "Knows the topics that someone subscribed to, and refuses all others.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void published(String topic) {
                                if (hearing(topic).isEmpty()) {
                                    throw new UnknownTopicException("Nobody subscribed to '" + topic + "'");
                                }
                                super.published(topic);
                            }
                        }),
                PubSubFault.plain(
                                "CountsWhatItRefuses",
                                "P-13",
                                "at rest the metrics",
                                "Counts a publish before it looks at the topic.",
                                it -> new PlainPubSub(it) {
                                    @Override
                                    public void publish(String topic, Message message) {
                                        try {
                                            super.publish(topic, message);
                                        } catch (IllegalArgumentException refused) {
                                            locked(() -> {
                                                published(topic);
                                                return true;
                                            });
                                            throw refused;
                                        }
                                    }
                                })
                        .and("P-17", MISCOUNTED),
                PubSubFault.plain(
                        "BufferedIsDelivered",
                        "P-17",
                        MISCOUNTED,
                        "Counts a delivery when a copy is buffered.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void enqueue(PlainSubscription subscription, Message message) {
                                super.enqueue(subscription, message);
                                super.delivered(subscription, message);
                            }

                            @Override
                            protected void delivered(PlainSubscription subscription, Message message) {}
                        }),
                PubSubFault.plain(
                        "CountsCopiesAsPublished",
                        "P-17",
                        MISCOUNTED,
                        "Counts a publish for each copy.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void published(String topic) {
                                hearing(topic).forEach(other -> super.published(topic));
                            }
                        }),
                PubSubFault.plain(
                        "UnheardIsNotPublished",
                        "P-17",
                        MISCOUNTED,
                        "Does not count what nobody hears.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void published(String topic) {
                                if (!hearing(topic).isEmpty()) {
                                    super.published(topic);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "DropsByPattern",
                        "P-17",
                        MISCOUNTED,
                        "Counts drops under the pattern of the subscription, not under the topic of the message.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void dropped(PlainSubscription subscription, Message message) {
                                subscription.dropped++;
                                count(subscription.pattern(), new TopicCounts(0, 0, 1));
                            }
                        }),
                PubSubFault.plain(
                        "TopicsWithoutBound",
                        "P-17",
                        "topics were used",
                        "Tells every topic apart.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void count(String topic, TopicCounts more) {
                                counts.merge(topic, more, TopicCounts::plus);
                            }
                        }),
                PubSubFault.plain(
                        "OthersAreForgotten",
                        "P-17",
                        MISCOUNTED,
                        "Counts nothing of a topic that found no room.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected PubSubMetrics snapshot() {
                                return new PubSubMetrics(counts, TopicCounts.NONE, subscriptions.size());
                            }
                        }),
                PubSubFault.plain(
                        "SubscriptionsOnlyGrow",
                        "P-17",
                        MISCOUNTED,
                        "Counts the subscriptions that were ever made.",
                        it -> new PlainPubSub(it) {
                            private int made;

                            @Override
                            protected void add(PlainSubscription subscription) {
                                super.add(subscription);
                                made++;
                            }

                            @Override
                            protected PubSubMetrics snapshot() {
                                return new PubSubMetrics(counts, others, made);
                            }
                        }),
                PubSubFault.plain(
                        "CountsOnTheNextDelivery",
                        "P-17",
                        MISCOUNTED,
                        "Adds up deliveries in its subscriptions, and reports them one late.",
                        it -> new PlainPubSub(it) {
                            private final Map<PlainSubscription, Message> unreported = new HashMap<>();

                            @Override
                            protected void delivered(PlainSubscription subscription, Message message) {
                                Message before = unreported.put(subscription, message);
                                if (before != null) {
                                    super.delivered(subscription, before);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "PatternsOfAnyLength",
                        "G-1",
                        "PATTERN_LONG was accepted",
                        "Looks at the length of topics, and not of patterns.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkPattern(String pattern) {
                                super.checkPattern(
                                        pattern.getBytes(StandardCharsets.UTF_8).length > 255 ? "long" : pattern);
                            }
                        }),
                PubSubFault.plain(
                        "CountsBeforeItChecks",
                        "G-1",
                        "at rest the metrics",
                        "Counts a publish before it finds that there is no message.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void publish(String topic, Message message) {
                                checkTopic(topic);
                                try {
                                    super.publish(topic, message);
                                } catch (NullPointerException e) {
                                    locked(() -> {
                                        published(topic);
                                        return true;
                                    });
                                    throw e;
                                }
                            }
                        }),
                PubSubFault.plain(
                        "UnsubscribesAnything",
                        "G-1",
                        "UNSUBSCRIBE_EMPTY_WORD was accepted",
                        "Looks a text up and finds nothing, whatever it is.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void unsubscribe(String topic) {
                                super.unsubscribe(topic.contains("..") ? "nothing" : topic);
                            }
                        }),
                PubSubFault.subscription(
                        "NegativeIsNow",
                        "G-1",
                        "POLL_NEGATIVE was accepted",
                        "Takes a negative timeout for none.",
                        (broker, text) -> new PlainSubscription(broker, text) {
                            @Override
                            public java.util.Optional<Message> poll(java.time.Duration timeout) {
                                return super.poll(timeout.isNegative() ? java.time.Duration.ZERO : timeout);
                            }
                        }));
    }
}
