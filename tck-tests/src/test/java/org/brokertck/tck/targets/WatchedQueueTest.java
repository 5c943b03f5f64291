package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.queue.MessageQueueTck;

/** Being watched changes nothing: a reference that is passes every rule. */
class WatchedQueueTest extends MessageQueueTck {
    @Override
    public ConformanceTarget target() {
        return WatchedTarget.INSTANCE;
    }

    @Override
    protected MessageQueue openQueue(String name, QueueConfig config) {
        return target().openQueue(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target().capabilities();
    }
}
