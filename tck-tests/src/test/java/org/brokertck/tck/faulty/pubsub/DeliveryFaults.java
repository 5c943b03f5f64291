package org.brokertck.tck.faulty.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Line;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedPubSub;

/** Faults in who receives a message, in which order and how often. */
final class DeliveryFaults {
    private static final String MISSING = "did not receive";

    private DeliveryFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "SubscribesALittleLater",
                        "P-1",
                        MISSING,
                        "Lets subscribe return before the subscription is active, which it is with the next publish.",
                        SubscribesLater::new),
                PubSubFault.plain(
                        "LosesOneInAHundred",
                        "P-1",
                        MISSING,
                        "Overwrites a slot of its ring before it was read, once in a while.",
                        it -> new PlainPubSub(it) {
                            private int count;

                            @Override
                            protected void enqueue(PlainSubscription subscription, Message message) {
                                if (++count % 100 != 0) {
                                    super.enqueue(subscription, message);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "TopicStaysAsBuilt",
                        "P-1",
                        "topic was",
                        "Delivers the topic that the message was built with.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Message stored(String topic, Message message) {
                                return message;
                            }
                        }),
                PubSubFault.plain(
                        "RetriesStartAnew",
                        "P-1",
                        "retries was",
                        "Sets the retries to 0, as a queue does.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Message stored(String topic, Message message) {
                                return super.stored(topic, message).withRetries(0);
                            }
                        }),
                PubSubFault.plain(
                        "StampsOnArrival",
                        "P-1",
                        "timestamp was",
                        "Sets the timestamp when the message is published.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Message stored(String topic, Message message) {
                                return super.stored(topic, message).toBuilder()
                                        .timestamp(time().now())
                                        .build();
                            }
                        }),
                PubSubFault.remote(
                        "HearsItselfOnly",
                        "P-1",
                        "received nothing within",
                        "Hands what it publishes to its own subscriptions and never asks the server for the others'.",
                        (server, it) ->
                                new SimulatedPubSub(server, it.withLine(new Line(it.line().lock, it.line().changed)))),
                PubSubFault.plain(
                        "OneCopyForTheSameText",
                        "P-6",
                        MISSING,
                        "Shares the messages among the subscriptions to one text, as a queue would.",
                        it -> new PlainPubSub(it) {
                            private int turn;

                            @Override
                            protected List<PlainSubscription> hearing(String topic) {
                                Map<String, List<PlainSubscription>> byText = new HashMap<>();
                                super.hearing(topic)
                                        .forEach(subscription -> byText.computeIfAbsent(
                                                        subscription.pattern(), text -> new ArrayList<>())
                                                .add(subscription));
                                turn++;
                                return byText.values().stream()
                                        .map(all -> all.get(turn % all.size()))
                                        .toList();
                            }
                        }),
                PubSubFault.plain(
                        "DropsKnownIds",
                        "P-6",
                        "three equal messages",
                        "Takes a message with a known id for one that comes again.",
                        it -> new PlainPubSub(it) {
                            private final Set<String> known = new HashSet<>();

                            @Override
                            protected void deliver(String topic, Message message) {
                                if (known.add(message.id())) {
                                    super.deliver(topic, message);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "LanePerTopic",
                        "P-7",
                        "published later",
                        "Keeps a buffer for each topic, and reads them one after the other.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void enqueue(PlainSubscription subscription, Message message) {
                                super.enqueue(subscription, message);
                                List<Message> all = new ArrayList<>(subscription.buffer);
                                all.sort(java.util.Comparator.comparing(Message::topic));
                                subscription.buffer.clear();
                                subscription.buffer.addAll(all);
                            }
                        }),
                PubSubFault.plain(
                        "LargeMessagesComeLater",
                        "P-7",
                        "published later",
                        "Sends large messages by a way of their own, which takes longer.",
                        it -> new LargeLater(it, 500)),
                PubSubFault.plain(
                        "HugeMessagesComeLater",
                        "P-7",
                        "published later",
                        "Sends messages over 64 KiB by a way of their own, which takes longer.",
                        it -> new LargeLater(it, 1 << 16)),
                PubSubFault.plain(
                        "OverflowSwapsTheLastTwo",
                        "P-7",
                        "published later",
                        "Puts the new message before the last one when a full buffer made room for it.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void offer(PlainSubscription subscription, Message message) {
                                long before = subscription.dropped;
                                super.offer(subscription, message);
                                if (subscription.dropped > before && subscription.buffer.size() > 1) {
                                    Message last = subscription.buffer.removeLast();
                                    Message other = subscription.buffer.removeLast();
                                    subscription.buffer.addLast(last);
                                    subscription.buffer.addLast(other);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "RetainsTheLastMessage",
                        "P-8",
                        "before it subscribed",
                        "Keeps the last message of each topic for those who subscribe later.",
                        it -> new PlainPubSub(it) {
                            private final Map<String, Message> retained = new HashMap<>();

                            @Override
                            protected void deliver(String topic, Message message) {
                                super.deliver(topic, message);
                                retained.put(topic, message);
                            }

                            @Override
                            protected void add(PlainSubscription subscription) {
                                super.add(subscription);
                                retained.forEach((topic, message) -> {
                                    if (matches(subscription.pattern(), topic)) {
                                        offer(subscription, message);
                                    }
                                });
                            }
                        }),
                PubSubFault.plain(
                        "JoinsTheBufferOfItsTwin",
                        "P-8",
                        "before it subscribed",
                        "Lets a new subscription begin with what an older one to the same text has buffered.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void add(PlainSubscription subscription) {
                                subscriptions.stream()
                                        .filter(other -> other.pattern().equals(subscription.pattern()))
                                        .findFirst()
                                        .ifPresent(other -> subscription.buffer.addAll(other.buffer));
                                super.add(subscription);
                            }
                        }),
                PubSubFault.plain(
                        "SubscriptionsOverwriteEachOther",
                        "P-15",
                        // Whoever is overwritten is not found by what ends it either.
                        "did not receive|where .* matched|gives none as the reason of its end",
                        "Copies the list of subscriptions, adds one and puts it back, while another does the same.",
                        OverwritesTheList::new),
                PubSubFault.plain(
                        "SkipsANeighbourOfWhoLeaves",
                        "P-15",
                        "did not receive|where .* matched",
                        "Walks its list by number while it changes, and passes over the one behind who has just left.",
                        SkipsANeighbour::new),
                PubSubFault.plain(
                        "UnguardedCounter",
                        "G-4",
                        "at rest the metrics",
                        "Counts publishes outside the lock.",
                        it -> new PlainPubSub(it) {
                            private final Map<String, Integer> unguarded =
                                    new java.util.concurrent.ConcurrentHashMap<>();

                            @Override
                            public void publish(String topic, Message message) {
                                super.publish(topic, message);
                                int before = unguarded.getOrDefault(topic, 0);
                                Thread.yield();
                                unguarded.put(topic, before + 1);
                            }

                            @Override
                            protected void published(String topic) {}

                            @Override
                            protected org.brokertck.api.pubsub.PubSubMetrics snapshot() {
                                Map<String, org.brokertck.api.pubsub.TopicCounts> all = new HashMap<>(counts);
                                unguarded.forEach((topic, n) -> all.merge(
                                        topic,
                                        new org.brokertck.api.pubsub.TopicCounts(n, 0, 0),
                                        org.brokertck.api.pubsub.TopicCounts::plus));
                                return new org.brokertck.api.pubsub.PubSubMetrics(all, others, subscriptions.size());
                            }
                        }),
                PubSubFault.plain(
                        "TwoTakersTakeTheSame",
                        "G-4",
                        "received .* twice",
                        "Looks at the first message of a buffer before it locks, and removes it after.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected PlainSubscription newSubscription(String text) {
                                return new PlainSubscription(this, text) {
                                    @Override
                                    public java.util.Optional<Message> poll(java.time.Duration timeout) {
                                        Message first = locked(buffer::peekFirst);
                                        Thread.yield();
                                        java.util.Optional<Message> taken = super.poll(timeout);
                                        return taken.isPresent() && first != null
                                                ? java.util.Optional.of(first)
                                                : taken;
                                    }
                                };
                            }
                        }));
    }

    private static final class SubscribesLater extends PlainPubSub {
        private final Set<PlainSubscription> coming = new LinkedHashSet<>();

        SubscribesLater(Opening opening) {
            super(opening);
        }

        @Override
        protected void add(PlainSubscription subscription) {
            coming.add(subscription);
        }

        @Override
        protected void deliver(String topic, Message message) {
            super.deliver(topic, message);
            coming.forEach(super::add);
            coming.clear();
        }
    }

    private static final class LargeLater extends PlainPubSub {
        private final Map<PlainSubscription, Message> late = new HashMap<>();

        private final int large;

        LargeLater(Opening opening, int large) {
            super(opening);
            this.large = large;
        }

        @Override
        protected void enqueue(PlainSubscription subscription, Message message) {
            Message waiting = late.remove(subscription);
            if (message.payloadSize() > large) {
                late.put(subscription, message);
            } else {
                super.enqueue(subscription, message);
            }
            if (waiting != null) {
                super.enqueue(subscription, waiting);
            }
        }
    }

    private static final class OverwritesTheList extends PlainPubSub {
        OverwritesTheList(Opening opening) {
            super(opening);
        }

        @Override
        public org.brokertck.api.pubsub.Subscription subscribeWithPattern(String pattern) {
            List<PlainSubscription> before = locked(() -> List.copyOf(subscriptions));
            org.brokertck.api.pubsub.Subscription subscription = super.subscribeWithPattern(pattern);
            LockSupport.parkNanos(20_000);
            locked(() -> subscriptions.removeIf(it -> it != subscription && !before.contains(it)));
            return subscription;
        }
    }

    private static final class SkipsANeighbour extends PlainPubSub {
        private int left;

        SkipsANeighbour(Opening opening) {
            super(opening);
        }

        @Override
        protected void remove(PlainSubscription subscription) {
            super.remove(subscription);
            left = subscriptions.isEmpty() ? 0 : 1;
        }

        @Override
        protected List<PlainSubscription> hearing(String topic) {
            List<PlainSubscription> all = super.hearing(topic);
            int skipped = left;
            left = 0;
            return all.stream().skip(skipped).toList();
        }
    }
}
