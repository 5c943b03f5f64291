package org.brokertck.tck.faulty.multibroker.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** The subscriptions of the plain multi-broker, which are made on every broker, again after a look where that failed before. */
public abstract class PlainSubscribing extends PlainWatching {
    /** Those who subscribed; under the lock. */
    protected final List<PlainSubscription> subscriptions = new ArrayList<>();

    private final List<PlainSubscription> joining = new ArrayList<>();

    /** The next round of looks. */
    TimeSource.@Nullable Alarm nextRound;

    PlainSubscribing(Opening opening) {
        super(opening);
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        PlainSubscription subscription = new PlainSubscription(this, topic, handler);
        List<PlainMember> now = locked(() -> {
            requireOpen();
            joining.add(subscription);
            subscriptions.add(subscription);
            return List.copyOf(members.values());
        });
        try {
            now.forEach(it -> join(it, subscription));
        } catch (OperationInterruptedException interrupted) {
            unsubscribed(subscription);
            throw interrupted;
        } finally {
            locked(() -> joining.remove(subscription));
        }
        return subscription;
    }

    /** A subscribe was interrupted: nothing of it stays. */
    protected void unsubscribed(PlainSubscription subscription) {
        subscription.closed = true;
        handlesOf(subscription).forEach(handle -> background(() -> end(handle)));
    }

    /** Makes a subscription on a broker; when that fails it is tried again after the next look. */
    protected void join(PlainMember member, PlainSubscription subscription) {
        try {
            bounded(config().produceTimeout(), () -> {
                TopicSubscription handle =
                        member.broker.subscribe(subscription.topic(), message -> hand(subscription, message));
                if (!locked(() -> keep(member, subscription, handle))) {
                    handle.close();
                }
                return true;
            });
        } catch (Throwable failure) {
            if (isOwnInterrupt(failure)) {
                throw (OperationInterruptedException) failure;
            }
            locked(() -> member.lastFailure = failure);
        }
    }

    /** Whether a subscription that was made on a broker is wanted still, and is the first of its kind there; under the lock. */
    protected boolean keep(PlainMember member, PlainSubscription subscription, TopicSubscription handle) {
        return !subscription.closed && member.handles.putIfAbsent(subscription, handle) == null;
    }

    /** Hands a message to its subscriber. */
    protected void hand(PlainSubscription subscription, Message message) throws Exception {
        if (isOver(subscription)) {
            return;
        }
        inside.set(true);
        try {
            subscription.handler.handle(message);
        } finally {
            inside.remove();
        }
    }

    /** Whether its subscriber is to hear nothing more. */
    protected boolean isOver(PlainSubscription subscription) {
        return subscription.closed || closed;
    }

    /** A subscription was closed. */
    protected void end(PlainSubscription subscription) {
        handlesOf(subscription).forEach(this::end);
    }

    /** What it has on the brokers, from now on the caller's; it is made on none any more. */
    private List<TopicSubscription> handlesOf(PlainSubscription subscription) {
        return locked(() -> {
            subscriptions.remove(subscription);
            List<TopicSubscription> found = new ArrayList<>();
            for (PlainMember member : members.values()) {
                TopicSubscription handle = member.handles.remove(subscription);
                if (handle != null) {
                    found.add(handle);
                }
            }
            return found;
        });
    }

    /** Ends a subscription on one broker, as far as that does. */
    protected void end(TopicSubscription handle) {
        Callable<Boolean> close = () -> {
            handle.close();
            return true;
        };
        try {
            // A handler does not wait for itself.
            Boolean unused = inside.get() ? close.call() : bounded(config().produceTimeout(), close);
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable failure) {
            // What it hands over nevertheless is not heard.
        }
    }

    /** Whether all subscriptions to the topic are made on it; under the lock. */
    protected boolean hasJoined(PlainMember member, String topic) {
        return subscriptions.stream()
                .filter(it -> it.topic().equals(topic) && !joining.contains(it))
                .allMatch(member.handles::containsKey);
    }

    /** Sees to it that there is a next round of looks. */
    protected void scheduleRound() {
        nextRound = time().schedule(roundInterval(), this::round);
    }

    /** The time from one round to the next. */
    protected Duration roundInterval() {
        return config().healthInterval();
    }

    /** Looks at all brokers, each on a thread of its own. */
    protected void round() {
        locked(() -> {
            if (!closed) {
                scheduleRound();
                members.values().forEach(it -> background(() -> lookAndJoin(it)));
            }
            return true;
        });
    }

    /** A look, and what follows from it. */
    protected void lookAndJoin(PlainMember member) {
        look(member);
        List<PlainSubscription> missing = locked(() -> subscriptions.stream()
                .filter(it -> !joining.contains(it) && !member.handles.containsKey(it))
                .toList());
        rejoin(member, missing);
    }

    /** Makes what is missing on a broker that may be back. */
    protected void rejoin(PlainMember member, List<PlainSubscription> missing) {
        missing.forEach(it -> join(member, it));
    }
}
