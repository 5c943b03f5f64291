package org.brokertck.telemetry;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.queue.MessageQueueTck;

/** A traced reference passes every rule. */
class TracedQueueConformanceTest extends MessageQueueTck {
    private final ConformanceTarget target = TracedTarget.withContext();

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
