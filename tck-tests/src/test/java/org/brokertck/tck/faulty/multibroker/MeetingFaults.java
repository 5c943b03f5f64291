package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.multibroker.plain.Opening;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;
import org.brokertck.tck.faulty.multibroker.plain.PlainSubscription;

/** Faults that show where two features meet: calls from inside handlers, rules and subscriptions beside open circuits. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "ForgetsWhatOthersMiss",
                        "M-7",
                        "'late' had recovered, and .* later has 0 subscriptions",
                        "Forgets with a subscription that is closed what its topic still lacks on a broker, for others too.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void end(PlainSubscription ended) {
                                super.end(ended);
                                locked(() -> {
                                    members.values()
                                            .forEach(member -> subscriptions.stream()
                                                    .filter(other ->
                                                            other.topic().equals(ended.topic()))
                                                    .forEach(other -> member.handles.putIfAbsent(other, ended)));
                                    return true;
                                });
                            }
                        }),
                plain(
                        "SubscribesBetweenHandlers",
                        "M-7",
                        "a handler produced and subscribed",
                        "Has a subscription made by the thread that calls handlers, when that is through with the present one.",
                        SubscribesBetweenHandlers::new),
                plain(
                        "HandlersReadTheConfirms",
                        "M-7",
                        "a handler produced and subscribed",
                        "Calls handlers on the thread that also hears whether a broker has taken a message.",
                        HandlersReadTheConfirms::new),
                plain(
                        "RulesCloseCircuits",
                        "M-4",
                        "after step .* was given to .* are due",
                        "Begins anew with the brokers of a rule that is set, as though they had never failed.",
                        RulesCloseCircuits::new),
                plain(
                        "SubscribingClosesCircuits",
                        "M-4",
                        "after step .* was given to .* are due",
                        "Takes a subscription that could be made for a produce that succeeded.",
                        SubscribingClosesCircuits::new),
                plain(
                        "LateSubscriptionsStay",
                        "M-7",
                        "the only subscription is closed, and 'slow' has [1-9]",
                        "Drops the handle of a subscription that a broker took when it was closed already.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean keep(
                                    PlainMember member, PlainSubscription subscription, TopicSubscription handle) {
                                return super.keep(member, subscription, handle) || subscription.closed;
                            }
                        }),
                plain(
                        "SecondTriesReplaceTheFirst",
                        "M-7",
                        "the only subscription is closed, and 'slow' has [1-9]",
                        "Tries a subscription again while the try before is under way, and keeps the handle of the last one.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean keep(
                                    PlainMember member, PlainSubscription subscription, TopicSubscription handle) {
                                if (!subscription.closed) {
                                    member.handles.put(subscription, handle);
                                }
                                return !subscription.closed;
                            }
                        }),
                plain(
                        "AddsPastItsClose",
                        "M-13",
                        "while all were being closed, and was not closed",
                        "Looks whether it is closed, and takes the broker in in another step.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void addBroker(String name, MessageBroker broker) {
                                boolean open = locked(() -> !closed);
                                Gap.pass();
                                if (!open || locked(() -> !closed)) {
                                    super.addBroker(name, broker);
                                }
                            }
                        }),
                plain(
                        "RemembersWhoIsGone",
                        "M-4",
                        "the one subscription that it could not take is closed",
                        "Passes a broker over for the sake of subscriptions that were closed before it could take them.",
                        RemembersWhoIsGone::new));
    }

    private static final class RemembersWhoIsGone extends PlainMultiBroker {
        private final Set<List<Object>> missing = ConcurrentHashMap.newKeySet();

        RemembersWhoIsGone(Opening opening) {
            super(opening);
        }

        @Override
        protected void join(PlainMember member, PlainSubscription subscription) {
            super.join(member, subscription);
            List<Object> which = List.of(member, subscription);
            if (locked(() -> member.handles.containsKey(subscription))) {
                missing.remove(which);
            } else {
                missing.add(which);
            }
        }

        @Override
        protected boolean hasJoined(PlainMember member, String topic) {
            return super.hasJoined(member, topic)
                    && missing.stream()
                            .noneMatch(it -> it.get(0) == member
                                    && ((PlainSubscription) it.get(1)).topic().equals(topic));
        }
    }

    private static final class RulesCloseCircuits extends PlainMultiBroker {
        RulesCloseCircuits(Opening opening) {
            super(opening);
        }

        @Override
        protected void set(RoutingRule rule) {
            super.set(rule);
            rule.brokers().forEach(it -> succeeded(Objects.requireNonNull(members.get(it))));
        }
    }

    private static final class SubscribingClosesCircuits extends PlainMultiBroker {
        SubscribingClosesCircuits(Opening opening) {
            super(opening);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            TopicSubscription made = super.subscribe(topic, handler);
            locked(() -> members.values().stream()
                    .filter(it -> hasJoined(it, topic))
                    .map(this::succeeded)
                    .toList());
            return made;
        }
    }

    /** Knows whether the present thread is in a handler. */
    private abstract static class Handling extends PlainMultiBroker {
        final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);

        Handling(Opening opening) {
            super(opening);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            return super.subscribe(topic, handler == null ? handler : noted(handler));
        }

        private MessageHandler noted(MessageHandler handler) {
            return message -> {
                handling.set(true);
                try {
                    handler.handle(message);
                } finally {
                    handling.set(false);
                }
            };
        }
    }

    private static final class SubscribesBetweenHandlers extends Handling {
        SubscribesBetweenHandlers(Opening opening) {
            super(opening);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            if (handling.get()) {
                throw new OperationTimeoutException("Not subscribed within " + config().produceTimeout());
            }
            return super.subscribe(topic, handler);
        }
    }

    private static final class HandlersReadTheConfirms extends Handling {
        HandlersReadTheConfirms(Opening opening) {
            super(opening);
        }

        @Override
        public void produce(String topic, Message message) {
            super.produce(topic, message);
            if (handling.get()) {
                throw new OperationTimeoutException("No confirm within " + config().produceTimeout());
            }
        }
    }
}
