package com.example;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.queue.MessageQueueTck;

/** Every rule of the message queue against {@link OwnQueue}: the two methods are all that the kit needs. */
class OwnQueueTest extends MessageQueueTck {
    @Override
    protected MessageQueue openQueue(String name, QueueConfig config) {
        return new OwnQueue(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED);
    }
}
