package org.brokertck.tck.faulty.pubsub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults in how subscriptions end, one by one and with their broker. */
final class EndingFaults {
    private static final String WRONG_REASON = "as the reason of its end";

    private EndingFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "UnsubscribeEndsTheFirstOnly",
                        "P-11",
                        WRONG_REASON,
                        "Ends the first subscription to a text, and leaves the others.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected List<PlainSubscription> unsubscribed(String text) {
                                return super.unsubscribed(text).stream()
                                        .limit(1)
                                        .toList();
                            }
                        }),
                PubSubFault.plain(
                        "UnsubscribeEndsWhateverMatches",
                        "P-11",
                        WRONG_REASON + "|ended as UNSUBSCRIBED",
                        "Ends every pattern that matches the topic, too.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected List<PlainSubscription> unsubscribed(String text) {
                                return subscriptions.stream()
                                        .filter(other -> other.pattern().equals(text) || matches(other.pattern(), text))
                                        .toList();
                            }
                        }),
                PubSubFault.plain(
                        "UnsubscribeComparesWhatPatternsMean",
                        "P-11",
                        "which is another text",
                        "Keeps patterns without their needless wildcards, and ends all that are then the same.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected List<PlainSubscription> unsubscribed(String text) {
                                return subscriptions.stream()
                                        .filter(other -> brief(other.pattern()).equals(brief(text)))
                                        .toList();
                            }

                            private String brief(String pattern) {
                                String swapped = pattern.replace("#.*", "*.#");
                                String shorter = swapped.replace("#.#", "#");
                                return shorter.equals(pattern) ? pattern : brief(shorter);
                            }
                        }),
                PubSubFault.plain(
                        "ClosingOneClosesItsTwins",
                        "P-11",
                        "ended as CLOSED, though nobody|" + WRONG_REASON,
                        "Closes by text, and with it all subscriptions to the same.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected boolean end(PlainSubscription subscription, EndReason reason) {
                                if (reason == EndReason.CLOSED) {
                                    unsubscribed(subscription.pattern()).forEach(twin -> super.end(twin, reason));
                                }
                                return super.end(subscription, reason);
                            }
                        }),
                PubSubFault.plain(
                                "EndEmptiesTheBuffer",
                                "P-11",
                                "taken after it were",
                                "Frees the buffer whenever a subscription ends.",
                                it -> new PlainPubSub(it) {
                                    @Override
                                    protected boolean end(PlainSubscription subscription, EndReason reason) {
                                        subscription.buffer.clear();
                                        return super.end(subscription, reason);
                                    }
                                })
                        .and("P-14", "could be taken"),
                PubSubFault.plain(
                        "EndedAreStillFed",
                        "P-11",
                        "after it had ended|taken after it were|goes on dropping",
                        "Leaves an ended subscription in the table until the next one comes.",
                        it -> new PlainPubSub(it) {
                            private final Set<PlainSubscription> gone = new LinkedHashSet<>();

                            @Override
                            protected void remove(PlainSubscription subscription) {
                                super.remove(subscription);
                                gone.add(subscription);
                            }

                            @Override
                            protected void add(PlainSubscription subscription) {
                                super.add(subscription);
                                gone.clear();
                            }

                            @Override
                            protected void deliver(String topic, Message message) {
                                super.deliver(topic, message);
                                gone.stream()
                                        .filter(other -> matches(other.pattern(), topic))
                                        .forEach(other -> offer(other, message));
                            }
                        }),
                PubSubFault.plain(
                        "UnsubscribedCallThemselvesClosed",
                        "P-11",
                        WRONG_REASON,
                        "Unsubscribes by closing, and tells the reason so.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected boolean end(PlainSubscription subscription, EndReason reason) {
                                return super.end(
                                        subscription, reason == EndReason.UNSUBSCRIBED ? EndReason.CLOSED : reason);
                            }
                        }),
                PubSubFault.plain(
                        "TheLastReasonCounts",
                        "P-11",
                        WRONG_REASON,
                        "Gives the reason of the call that came last.",
                        it -> new PlainPubSub(it) {
                            private final Set<PlainSubscription> all = new LinkedHashSet<>();

                            @Override
                            protected void add(PlainSubscription subscription) {
                                super.add(subscription);
                                all.add(subscription);
                            }

                            @Override
                            protected boolean end(PlainSubscription subscription, EndReason reason) {
                                boolean first = super.end(subscription, reason);
                                subscription.reason = reason;
                                return first;
                            }
                        }),
                PubSubFault.plain(
                        "NobodyIsWokenByTheEnd",
                        "P-11",
                        "did not return",
                        "Lets a take that waits for ever wait on when its subscription is closed.",
                        it -> asleep(it, reason -> reason != EndReason.BROKER_CLOSED)),
                PubSubFault.plain(
                        "NobodyIsWokenByTheClose",
                        "P-14",
                        "did not return",
                        "Lets a take that waits for ever wait on when the broker is closed.",
                        it -> asleep(it, reason -> reason == EndReason.BROKER_CLOSED)),
                PubSubFault.plain(
                        "CloseCallsThemUnsubscribed",
                        "P-14",
                        WRONG_REASON,
                        "Closes the broker by unsubscribing everyone.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected boolean end(PlainSubscription subscription, EndReason reason) {
                                return super.end(
                                        subscription,
                                        reason == EndReason.BROKER_CLOSED ? EndReason.UNSUBSCRIBED : reason);
                            }
                        }),
                PubSubFault.plain(
                        "AskingDoesNotCount",
                        "P-12",
                        "has ended|have ended|ended as IDLE",
                        "Takes the time since it subscribed for the idle time.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void asked(PlainSubscription subscription) {}
                        }),
                PubSubFault.plain(
                        "OnlyFindingCounts",
                        "P-12",
                        "has ended|ended as IDLE",
                        "Begins a new idle time only when a take brought something.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void asked(PlainSubscription subscription) {}

                            @Override
                            protected void delivered(PlainSubscription subscription, Message message) {
                                super.delivered(subscription, message);
                                super.asked(subscription);
                            }
                        }),
                PubSubFault.plain(
                        "WaitingIsIdle",
                        "P-12",
                        "has ended|ended as IDLE",
                        "Removes a subscription whose subscriber waits for a message.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Duration idleFor(PlainSubscription subscription) {
                                return config().idleTimeout().minusNanos(time().nanoTime() - subscription.lastActivity);
                            }
                        }),
                PubSubFault.plain(
                        "PublishingKeepsItAlive",
                        "P-12",
                        "gives none as the reason|still lives",
                        "Begins a new idle time with every message that is buffered.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void enqueue(PlainSubscription subscription, Message message) {
                                super.enqueue(subscription, message);
                                asked(subscription);
                            }
                        }),
                PubSubFault.plain(
                        "NobodyIsEverIdle",
                        "P-12",
                        "gives none as the reason|still lives",
                        "Never looks for idle subscriptions.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Duration idleFor(PlainSubscription subscription) {
                                return config().idleTimeout();
                            }
                        }),
                PubSubFault.plain(
                        "IdleAtTwiceItsTimeout",
                        "P-12",
                        "gives none as the reason|still lives",
                        "Looks at each end of an idle timeout, and removes what was idle at two of them.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected Duration idleFor(PlainSubscription subscription) {
                                return super.idleFor(subscription).plus(config().idleTimeout());
                            }
                        }),
                PubSubFault.plain(
                        "IdleBuffersAreKept",
                        "P-12",
                        "was not freed|says that it dropped",
                        "Removes an idle subscription, and keeps what it has buffered.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void free(PlainSubscription subscription) {}
                        }),
                PubSubFault.plain(
                        "FreedIsNotDropped",
                        "P-12",
                        "says that it dropped",
                        "Frees the buffer of an idle subscription without counting what was in it.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void free(PlainSubscription subscription) {
                                subscription.buffer.clear();
                            }
                        }),
                PubSubFault.plain(
                        "IdleIsCalledClosed",
                        "P-12",
                        WRONG_REASON + "|still lives",
                        "Removes an idle subscription by closing it.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected boolean end(PlainSubscription subscription, EndReason reason) {
                                if (reason == EndReason.IDLE) {
                                    free(subscription);
                                }
                                return super.end(subscription, reason == EndReason.IDLE ? EndReason.CLOSED : reason);
                            }
                        }));
    }

    /** Ends that wake nobody. */
    private static PlainPubSub asleep(
            org.brokertck.tck.faulty.pubsub.plain.Opening opening, java.util.function.Predicate<EndReason> quiet) {
        return new PlainPubSub(opening) {
            @Override
            protected PlainSubscription newSubscription(String text) {
                return new PlainSubscription(this, text) {
                    @Override
                    protected boolean awaitChange() {
                        boolean changed = super.awaitChange();
                        EndReason told = reason;
                        while (told != null && buffer.isEmpty() && quiet.test(told)) {
                            changed = super.awaitChange();
                        }
                        return changed;
                    }
                };
            }
        };
    }
}
