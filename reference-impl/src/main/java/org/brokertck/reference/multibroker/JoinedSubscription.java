package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;

/** One subscription as it stands on all brokers (rule M-7). */
final class JoinedSubscription implements TopicSubscription {
    private final String topic;
    private final MessageHandler handler;
    private final Inside inside;
    private final Duration patience;
    private final BooleanSupplier over;
    private final Consumer<JoinedSubscription> whenClosed;
    /** Guarded by this. */
    private final Map<Member, TopicSubscription> handles = new IdentityHashMap<>();

    private volatile boolean closed;

    /**
     * @param patience how long a broker may take to end its part
     * @param over whether the multi-broker is being closed, which ends this too
     * @param whenClosed called before anything is closed
     */
    JoinedSubscription(
            String topic,
            MessageHandler handler,
            Inside inside,
            Duration patience,
            BooleanSupplier over,
            Consumer<JoinedSubscription> whenClosed) {
        this.topic = topic;
        this.handler = handler;
        this.inside = inside;
        this.patience = patience;
        this.over = over;
        this.whenClosed = whenClosed;
    }

    @Override
    public String topic() {
        return topic;
    }

    /**
     * Subscribes on one broker. What succeeds after the caller has given up counts all the same: the broker is not asked again before
     * that is known.
     */
    void joinOn(Member member) {
        TopicSubscription handle = member.broker().subscribe(topic, this::handle);
        if (!adopt(member, handle)) {
            handle.close();
        }
        member.has(this);
    }

    private synchronized boolean adopt(Member member, TopicSubscription handle) {
        return !closed && handles.putIfAbsent(member, handle) == null;
    }

    private void handle(Message message) throws Exception {
        if (closed || over.getAsBoolean()) {
            return; // On its way when the subscription ended.
        }
        try (Inside.Stay stay = inside.enter()) {
            handler.handle(message);
        }
    }

    @Override
    public void close() {
        List<BoundedCall<Boolean>> closings = begin();
        if (inside.isCurrentThread()) {
            return;
        }
        for (BoundedCall<Boolean> closing : closings) {
            try {
                // A broker that fails to unsubscribe hands over nothing more all the same.
                closing.await(failed -> {});
            } catch (InterruptedException e) {
                closings.forEach(it -> it.giveUp(e));
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while closing the subscription to topic '" + topic
                        + "': it is closed all the same");
            }
        }
    }

    /** Begins the end: no handler starts from here on. */
    List<BoundedCall<Boolean>> begin() {
        whenClosed.accept(this);
        List<BoundedCall<Boolean>> closings = new ArrayList<>();
        synchronized (this) {
            closed = true;
            handles.forEach((member, handle) ->
                    closings.add(member.joins().start("close of the subscription to '" + topic + "'", patience, () -> {
                        handle.close();
                        return true;
                    })));
            handles.clear();
        }
        return closings;
    }
}
