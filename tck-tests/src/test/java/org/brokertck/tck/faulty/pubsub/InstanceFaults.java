package org.brokertck.tck.faulty.pubsub;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Line;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults against the rules of every interface: closing, interrupts, threads and names. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "PublishesIntoTheVoid",
                        "G-2",
                        "PUBLISH after close was accepted|was taken in after",
                        "Lets publish return when the broker is closed: nobody hears it anyway.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void publish(String topic, Message message) {
                                try {
                                    super.publish(topic, message);
                                } catch (ClosedException nobodyHears) {
                                    // Nothing to do.
                                }
                            }
                        }),
                PubSubFault.plain(
                        "CloseClearsTheFigures",
                        "G-2",
                        "the metrics were",
                        "Frees its counters when it is closed.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected PubSubMetrics snapshot() {
                                return closed ? new PubSubMetrics(Map.of(), TopicCounts.NONE, 0) : super.snapshot();
                            }
                        }),
                PubSubFault.plain(
                        "UnsubscribeOutlivesTheBroker",
                        "G-2",
                        "UNSUBSCRIBE after close was accepted",
                        "Finds nothing to unsubscribe in a closed broker, and says nothing.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void unsubscribe(String topic) {
                                if (!locked(() -> closed)) {
                                    super.unsubscribe(topic);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "SecondCloseThrows",
                        "G-3",
                        "close.* threw",
                        "Refuses to be closed again.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void close() {
                                locked(() -> {
                                    requireUsable(config().timeout());
                                    return true;
                                });
                                super.close();
                            }
                        }),
                PubSubFault.plain(
                        "CloseWaitsForItsSubscribers",
                        "G-3",
                        "close from inside a subscriber did not return|did not return",
                        "Waits in close until no subscriber is busy, the one that calls it included.",
                        WaitsForSubscribers::new),
                PubSubFault.subscription(
                        "SwallowsTheInterrupt",
                        "G-9",
                        "did not return",
                        "Goes on waiting when it is interrupted.",
                        (broker, text) -> new PlainSubscription(broker, text) {
                            @Override
                            protected boolean awaitChange() {
                                try {
                                    return super.awaitChange();
                                } catch (OperationInterruptedException e) {
                                    Thread.interrupted();
                                    return true;
                                }
                            }
                        }),
                PubSubFault.plain(
                        "ForgetsTheInterruptFlag",
                        "G-9",
                        "did not restore the interrupt flag",
                        "Throws without setting the flag again.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException cause) {
                                RuntimeException thrown = super.interrupted(cause);
                                Thread.interrupted();
                                return thrown;
                            }
                        }),
                PubSubFault.subscription(
                        "AnInterruptLooksLikeNothing",
                        "G-9",
                        "was accepted where OperationInterruptedException is due",
                        "Answers an interrupt with an empty result.",
                        (broker, text) -> new PlainSubscription(broker, text) {
                            @Override
                            public Optional<Message> take() {
                                try {
                                    return super.take();
                                } catch (OperationInterruptedException e) {
                                    return Optional.empty();
                                }
                            }
                        }),
                PubSubFault.plain(
                        "PublishClearsTheFlag",
                        "G-9",
                        "took away the interrupt flag",
                        "Clears the flag of a thread that publishes, so that its own waits are not disturbed.",
                        it -> new PlainPubSub(it) {
                            @Override
                            public void publish(String topic, Message message) {
                                Thread.interrupted();
                                super.publish(topic, message);
                            }
                        }),
                PubSubFault.plain(
                        "TimerOutlivesTheBroker",
                        "G-10",
                        "still alive",
                        "Leaves its timer running when it is closed.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void endTime() {}
                        }),
                sharing(
                        "NamesIgnoreCase",
                        "Looks brokers up without regard to case.",
                        it -> it.toLowerCase(Locale.ROOT)),
                sharing(
                        "NamesAreCut",
                        "Keeps the first forty characters of a name.",
                        it -> it.substring(0, Math.min(40, it.length()))),
                sharing(
                        "NamesAreSanitized",
                        "Replaces what is no letter or digit in a name.",
                        it -> it.replaceAll("[^A-Za-z0-9]", "_")),
                PubSubFault.plain(
                        "OneThrowStopsTheStreams",
                        "G-12",
                        "beside a subscriber that threw",
                        "Hands messages to all streams on one thread, which an exception ends.",
                        it -> new Streams(it, false)),
                PubSubFault.plain(
                        "OneLateStreamHoldsThemAll",
                        "G-12",
                        "beside a subscriber that threw or was late",
                        "Hands messages to all streams on one thread.",
                        it -> new Streams(it, true)));
    }

    /** Brokers whose names become the same hear each other. */
    private static Fault sharing(String name, String description, UnaryOperator<String> key) {
        Map<String, Line> lines = new ConcurrentHashMap<>();
        return PubSubFault.plain(
                name,
                "G-11",
                "nobody published",
                description,
                it -> new PlainPubSub(it.withLine(lines.computeIfAbsent(key.apply(it.name()), shared -> new Line()))));
    }

    private static final class WaitsForSubscribers extends PlainPubSub {
        private final AtomicInteger busy = new AtomicInteger();

        WaitsForSubscribers(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainSubscription newSubscription(String text) {
            return new PlainSubscription(this, text) {
                @Override
                public Flow.Publisher<Message> asPublisher() {
                    Flow.Publisher<Message> messages = super.asPublisher();
                    return subscriber -> messages.subscribe(new Relay(subscriber) {
                        @Override
                        public void onNext(Message message) {
                            busy.incrementAndGet();
                            try {
                                super.onNext(message);
                            } finally {
                                busy.decrementAndGet();
                            }
                        }
                    });
                }
            };
        }

        @Override
        public void close() {
            // An interrupted thread does not park: it would spin for good.
            while (busy.get() > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
            super.close();
        }
    }

    /** Hands on all that it hears. */
    private static class Relay implements Flow.Subscriber<Message> {
        private final Flow.Subscriber<? super Message> subscriber;

        Relay(Flow.Subscriber<? super Message> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(Message message) {
            subscriber.onNext(message);
        }

        @Override
        public void onError(Throwable throwable) {
            subscriber.onError(throwable);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    /** One thread for all streams. */
    private static final class Streams extends PlainPubSub {
        private final boolean survives;
        private final Map<PlainSubscription, Flow.Subscriber<? super Message>> streams = new ConcurrentHashMap<>();
        private final Thread thread = new Thread(this::work, "plain-streams-of-" + name());

        Streams(Opening opening, boolean survives) {
            super(opening);
            this.survives = survives;
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            while (!locked(() -> closed)) {
                streams.forEach((subscription, subscriber) -> subscription
                        .poll(java.time.Duration.ofMillis(1))
                        .ifPresent(it -> hand(subscription, subscriber, it)));
                LockSupport.parkNanos(100_000);
            }
        }

        private void hand(
                PlainSubscription subscription, Flow.Subscriber<? super Message> subscriber, Message message) {
            try {
                subscriber.onNext(message);
            } catch (RuntimeException | Error failure) {
                subscription.close();
                streams.remove(subscription);
                if (!survives) {
                    throw new ThreadDeath();
                }
            }
        }

        @Override
        protected PlainSubscription newSubscription(String text) {
            return new PlainSubscription(this, text) {
                @Override
                public Flow.Publisher<Message> asPublisher() {
                    return subscriber -> {
                        subscriber.onSubscribe(new Flow.Subscription() {
                            @Override
                            public void request(long n) {}

                            @Override
                            public void cancel() {
                                close();
                            }
                        });
                        streams.put(this, subscriber);
                    };
                }
            };
        }
    }
}
