package org.brokertck.tck.faulty.multibroker.plain;

import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;

/** One subscription of a plain multi-broker. */
public final class PlainSubscription implements TopicSubscription {
    private final PlainSubscribing owner;
    private final String topic;

    /** What hears it. */
    public final MessageHandler handler;

    /** Whether it was closed. */
    public volatile boolean closed;

    PlainSubscription(PlainSubscribing owner, String topic, MessageHandler handler) {
        this.owner = owner;
        this.topic = topic;
        this.handler = handler;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public void close() {
        closed = true;
        owner.end(this);
    }
}
