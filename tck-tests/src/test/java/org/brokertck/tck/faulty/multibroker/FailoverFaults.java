package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;
import org.brokertck.tck.faulty.multibroker.plain.PlainSubscription;

/** Faults of failover, recovery and subscriptions. */
final class FailoverFaults {
    private FailoverFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "FailsOverWithTheNextCall",
                        "M-4",
                        "produce of .* threw",
                        "Hands the failure to the caller, and goes to the next broker when it is called again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void onFailure(String topic, Throwable failure) {
                                throw failure instanceof BrokerException known
                                        ? known
                                        : new BrokerUnavailableException("failed", failure);
                            }
                        }),
                plain(
                        "FailsOverForItsOwnExceptionsOnly",
                        "M-4",
                        "threw java.lang.(IllegalStateException|StackOverflowError)",
                        "Takes what is no BrokerException for a defect that the caller must see.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void onFailure(String topic, Throwable failure) {
                                if (failure instanceof Error error) {
                                    throw error;
                                }
                                if (!(failure instanceof BrokerException)
                                        && failure instanceof RuntimeException defect) {
                                    throw defect;
                                }
                            }
                        }),
                plain(
                        "BadArgumentsAreTheCallersFault",
                        "M-4",
                        "threw java.lang.IllegalArgumentException",
                        "Hands a broker's IllegalArgumentException to the caller, as if the next broker had to refuse it too.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void onFailure(String topic, Throwable failure) {
                                if (failure instanceof IllegalArgumentException refusal) {
                                    throw refusal;
                                }
                            }
                        }),
                plain(
                        "DegradedIsGoodEnough",
                        "M-4",
                        "known to be degraded",
                        "Keeps the order of the rule as long as a broker is not unhealthy.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                RoutingRule rule = match(topic);
                                List<PlainMember> ordered = new ArrayList<>(super.candidates(topic));
                                if (rule != null) {
                                    ordered.sort(Comparator.comparing(
                                                    (PlainMember member) -> member.health() == Health.UNHEALTHY)
                                            .thenComparing(
                                                    member -> rule.brokers().indexOf(member.name)));
                                }
                                return ordered;
                            }
                        }),
                plain(
                        "SendsToTwoBrokers",
                        "M-4",
                        "was taken by \\[",
                        "Sends every message to the backup too, to be on the safe side.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                super.deliver(member, topic, message);
                                for (PlainMember other : locked(() -> candidates(topic))) {
                                    if (other != member) {
                                        super.deliver(other, topic, message);
                                        return;
                                    }
                                }
                            }
                        }),
                plain(
                        "AcknowledgesAfterSwallowing",
                        "M-5",
                        "did not receive",
                        "Logs a broker's first failure, and takes it for a delay.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                try {
                                    super.deliver(member, topic, message);
                                } catch (BrokerUnavailableException logged) {
                                    if (member.failures > 0) {
                                        throw logged;
                                    }
                                }
                            }
                        }),
                plain(
                        "UsesBrokersBeforeTheyAreSubscribedTo",
                        "M-5",
                        "did not receive",
                        "Sends to a broker as soon as it is healthy, whether the subscriptions are made there or not.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean hasJoined(PlainMember member, String topic) {
                                return true;
                            }
                        }),
                plain(
                        "StaysWithTheBackup",
                        "M-6",
                        "still took no message",
                        "Goes on with the broker that took over.",
                        it -> new PlainMultiBroker(it) {
                            private final Map<String, PlainMember> last = new HashMap<>();

                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                List<PlainMember> ordered = new ArrayList<>(super.candidates(topic));
                                PlainMember current = last.get(topic);
                                if (current != null && current.health() == Health.HEALTHY && ordered.remove(current)) {
                                    ordered.add(0, current);
                                }
                                return ordered;
                            }

                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                super.deliver(member, topic, message);
                                locked(() -> last.put(topic, member));
                            }
                        }),
                plain(
                        "RecoveryTakesTwoRounds",
                        "M-6",
                        "still took no message",
                        "Trusts a broker again when two looks in a row found it healthy.",
                        it -> new PlainMultiBroker(it) {
                            private final Map<PlainMember, Integer> well = new HashMap<>();

                            @Override
                            protected void look(PlainMember member) {
                                super.look(member);
                                locked(() -> {
                                    int looks =
                                            member.health() == Health.HEALTHY ? well.getOrDefault(member, 9) + 1 : 0;
                                    return well.put(member, looks);
                                });
                            }

                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                return super.candidates(topic).stream()
                                        .filter(member -> well.getOrDefault(member, 0) >= 2)
                                        .toList();
                            }
                        }),
                plain(
                        "SubscribesToTheBrokersOfTheDay",
                        "M-7",
                        "did not receive",
                        "Makes no subscriptions on brokers that are added later.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void joinNew(PlainMember member, List<PlainSubscription> missing) {}

                            @Override
                            protected void rejoin(PlainMember member, List<PlainSubscription> missing) {}

                            @Override
                            protected boolean hasJoined(PlainMember member, String topic) {
                                return true;
                            }
                        }),
                plain(
                        "NeverSubscribesAgain",
                        "M-7",
                        "subscriptions to .* where",
                        "Tries to subscribe once.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void rejoin(PlainMember member, List<PlainSubscription> missing) {}
                        }),
                plain(
                        "BelievesThatBrokersUnsubscribe",
                        "M-7",
                        "and then was handed \\d messages of that broker",
                        "Takes a broker for silent that was asked to unsubscribe.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean isOver(PlainSubscription subscription) {
                                return closed;
                            }
                        }),
                plain(
                        "ABrokerThatDoesNotUnsubscribeIsTheLast",
                        "M-7",
                        "which one broker THROWS at, and '(first|last)' has 2 subscriptions",
                        "Stops unsubscribing with the first broker that fails to.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void end(TopicSubscription handle) {
                                handle.close();
                            }
                        }),
                plain(
                        "ClosedSubscriptionsStayOnTheBrokers",
                        "M-7",
                        "of which one is not closed",
                        "Forgets a closed subscription, and leaves it on the brokers.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void end(PlainSubscription subscription) {
                                locked(() -> {
                                    members.values().forEach(member -> member.handles.remove(subscription));
                                    return subscriptions.remove(subscription);
                                });
                            }
                        }),
                plain(
                        "CallsOnTheCallersThread",
                        "M-12",
                        "produce did not return within",
                        "Calls brokers on the thread of the caller.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) {
                                member.broker.produce(topic, message);
                            }
                        }),
                plain(
                        "LooksWithoutATimeout",
                        "M-12",
                        "whose looks hang is told as|addBroker did not return",
                        "Waits for the answer to a look for as long as it takes.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected <T> T bounded(Duration limit, Callable<T> call) throws Throwable {
                                boolean look = Thread.currentThread().getName().startsWith("plain-");
                                return super.bounded(look ? Duration.ofDays(300) : limit, call);
                            }
                        }));
    }
}
