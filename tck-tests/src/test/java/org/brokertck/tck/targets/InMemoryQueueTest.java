package org.brokertck.tck.targets;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.queue.MessageQueueTck;

/** The reference passes every rule, tested as an implementer would test it. */
class InMemoryQueueTest extends MessageQueueTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected MessageQueue openQueue(String name, QueueConfig config) {
        return target.openQueue(name, config);
    }

    @Override
    protected Set<Capability> capabilities() {
        return target.capabilities();
    }
}
