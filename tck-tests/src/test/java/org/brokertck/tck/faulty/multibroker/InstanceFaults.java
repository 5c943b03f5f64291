package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;
import org.brokertck.tck.faulty.multibroker.plain.PlainSubscription;

/** Faults of closing, and against the rules of every interface. */
final class InstanceFaults {
    private static final Map<String, RoutingRule> SHARED = new ConcurrentHashMap<>();

    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainMultiBroker(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public void produce(String topic, Message message) {
                                refusals.run(() -> super.produce(topic, message));
                            }
                        }),
                plain(
                        "OneSubscriptionForEachHandler",
                        "M-7",
                        "each of its two subscriptions|the second of its subscriptions",
                        "Keeps subscriptions by their handlers, and gives back the one that is there.",
                        it -> new PlainMultiBroker(it) {
                            private final Map<MessageHandler, TopicSubscription> known = new ConcurrentHashMap<>();

                            @Override
                            public TopicSubscription subscribe(String topic, MessageHandler handler) {
                                return known.computeIfAbsent(handler, fresh -> super.subscribe(topic, fresh));
                            }
                        }),
                plain(
                        "HandlersWaitForThemselves",
                        "G-3",
                        "close of a subscription by its own handler did not return",
                        "Ends a subscription on another thread, and waits for that in a handler too.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void end(TopicSubscription handle) {
                                try {
                                    boolean unused = bounded(config().produceTimeout(), () -> {
                                        handle.close();
                                        return true;
                                    });
                                } catch (OperationInterruptedException interrupted) {
                                    throw interrupted;
                                } catch (Throwable failure) {
                                    // What it hands over nevertheless is not heard.
                                }
                            }
                        }),
                plain(
                        "InterruptedSubscribeStays",
                        "G-9",
                        "a subscribe was interrupted, and its handler heard|produce of over-\\w+ .* threw",
                        "Keeps a subscription whose subscribe was interrupted.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void unsubscribed(PlainSubscription subscription) {}
                        }),
                plain(
                        "InterruptedAddForgetsTheBroker",
                        "G-9",
                        "addBroker was interrupted|setRoutingRule .* threw",
                        "Takes a broker back when its adding is interrupted.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void joinNew(PlainMember member, List<PlainSubscription> missing) {
                                try {
                                    super.joinNew(member, missing);
                                } catch (OperationInterruptedException interrupted) {
                                    locked(() -> members.remove(member.name));
                                    throw interrupted;
                                }
                            }
                        }),
                plain(
                        "InterruptedUnsubscribingIsRetried",
                        "G-9",
                        "close of a subscription did not return",
                        "Goes on waiting for the end of a subscription when it is interrupted.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void end(TopicSubscription handle) {
                                try {
                                    super.end(handle);
                                } catch (OperationInterruptedException tooEarly) {
                                    boolean unused = Thread.interrupted();
                                    super.end(handle);
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }),
                plain(
                        "CloseStopsAtTheFirstFailure",
                        "M-13",
                        "were closed .* times",
                        "Closes the brokers in turn, until one of them throws.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void begin(List<PlainMember> all) {
                                background(() -> {
                                    try {
                                        all.forEach(member -> member.broker.close());
                                    } finally {
                                        finish();
                                    }
                                });
                            }
                        }),
                plain(
                        "CloseCatchesExceptionsOnly",
                        "M-13",
                        "were closed .* times|close did not return",
                        "Goes on to the next broker after an exception, and not after an Error.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void begin(List<PlainMember> all) {
                                background(() -> {
                                    try {
                                        all.forEach(InstanceFaults::closeQuietly);
                                    } finally {
                                        finish();
                                    }
                                });
                            }
                        }),
                plain(
                        "ProducesIntoTheVoid",
                        "G-2",
                        "PRODUCE after close was accepted",
                        "Lets produce return when it is closed: nobody hears it anyway.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void produce(String topic, Message message) {
                                try {
                                    super.produce(topic, message);
                                } catch (ClosedException nobodyHears) {
                                    // Nothing to do.
                                }
                            }
                        }),
                plain(
                        "CloseForgetsTheBrokers",
                        "G-2",
                        "health tells",
                        "Clears its brokers when it has closed them.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void finish() {
                                super.finish();
                                locked(() -> {
                                    members.clear();
                                    return true;
                                });
                            }
                        }),
                plain(
                        "SecondCloseThrows",
                        "G-3",
                        "close.* threw",
                        "Refuses to be closed again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void close() {
                                if (closed) {
                                    throw new ClosedException("closed already");
                                }
                                super.close();
                            }
                        }),
                plain(
                        "OneProducerAtATime",
                        "G-4",
                        "threw",
                        "Guards produce with a flag, and tells a second caller that it is busy.",
                        it -> new PlainMultiBroker(it) {
                            private final AtomicBoolean busy = new AtomicBoolean();

                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                if (!busy.compareAndSet(false, true)) {
                                    throw new BrokerUnavailableException("busy: try again");
                                }
                                try {
                                    super.deliver(member, topic, message);
                                } finally {
                                    busy.set(false);
                                }
                            }
                        }),
                plain(
                        "ForgetsTheInterruptFlag",
                        "G-9",
                        "did not restore the interrupt flag",
                        "Throws without setting the flag again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException cause) {
                                RuntimeException thrown = super.interrupted(cause);
                                Thread.interrupted();
                                return thrown;
                            }
                        }),
                plain(
                        "SwallowsTheInterrupt",
                        "G-9",
                        "was accepted where OperationInterruptedException is due",
                        "Takes an interrupt for a failure of the broker, and goes on to the next.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                try {
                                    super.deliver(member, topic, message);
                                } catch (OperationInterruptedException e) {
                                    Thread.interrupted();
                                    throw new BrokerUnavailableException("interrupted", e);
                                }
                            }
                        }),
                plain(
                        "SchedulesAtItsEnd",
                        "G-3",
                        "close threw java.util.concurrent.RejectedExecutionException",
                        "Sets the alarm of its drain timeout when all brokers may have closed, and its timer with them.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void awaitEnd(List<PlainMember> all) {
                                super.awaitEnd(all);
                                if (time() instanceof SystemTimeSource own) {
                                    own.shutdown();
                                    own.schedule(config().drainTimeout(), () -> {});
                                }
                            }
                        }),
                plain(
                        "LeavesItsThreads",
                        "G-10",
                        "threads are still alive",
                        "Does not end the threads that it calls brokers with.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void awaitEnd(List<PlainMember> all) {
                                Lingering.thread("left");
                                super.awaitEnd(all);
                            }
                        }),
                plain(
                        "RulesAreStatic",
                        "G-11",
                        "is known to another|did not receive",
                        "Keeps the rules of all multi-brokers in one place.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void set(RoutingRule rule) {
                                super.set(rule);
                                SHARED.put(rule.pattern().text(), rule);
                            }

                            @Override
                            public List<RoutingRule> routingRules() {
                                return List.copyOf(SHARED.values());
                            }
                        }),
                plain(
                        "AFailedHandlerIsRemoved",
                        "G-12",
                        "did not receive|receiving everything",
                        "Ends the subscription of a handler that threw.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void hand(PlainSubscription subscription, Message message) throws Exception {
                                try {
                                    super.hand(subscription, message);
                                } catch (Exception failure) {
                                    subscription.closed = true;
                                    background(subscription::close);
                                    throw failure;
                                }
                            }
                        }));
    }

    private static void closeQuietly(PlainMember member) {
        try {
            member.broker.close();
        } catch (RuntimeException ignored) {
            // The others are closed all the same.
        }
    }
}
