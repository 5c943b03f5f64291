package org.brokertck.tck.faulty.pubsub.legal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Mixes the messages of several publishers in any way that keeps the order of each. */
final class LanePerPublisher extends PlainPubSub {
    private final Map<Message, Thread> publishers = new java.util.IdentityHashMap<>();

    LanePerPublisher(Opening opening) {
        super(opening);
    }

    @Override
    protected Message stored(String topic, Message message) {
        Message stored = super.stored(topic, message);
        publishers.put(stored, Thread.currentThread());
        return stored;
    }

    /** Puts it before some messages of other publishers that came before it. */
    @Override
    protected void enqueue(PlainSubscription subscription, Message message) {
        List<Message> all = new ArrayList<>(subscription.buffer);
        int place = all.size();
        while (place > 0
                && publishers.get(all.get(place - 1)) != publishers.get(message)
                && ThreadLocalRandom.current().nextBoolean()) {
            place--;
        }
        all.add(place, message);
        subscription.buffer.clear();
        subscription.buffer.addAll(all);
    }

    /** Only what is buffered somewhere need be known. */
    @Override
    protected void deliver(String topic, Message message) {
        super.deliver(topic, message);
        if (publishers.size() > 5_000) {
            Map<Message, Thread> buffered = new HashMap<>();
            subscriptions.forEach(it -> it.buffer.forEach(other -> buffered.put(other, publishers.get(other))));
            publishers.keySet().removeIf(it -> !buffered.containsKey(it));
        }
    }
}
