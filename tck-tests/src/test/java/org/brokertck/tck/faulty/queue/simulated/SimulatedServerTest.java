package org.brokertck.tck.faulty.queue.simulated;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.queue.MessageQueueTck;

/** The simulated server passes every rule, so that what fails on its variants is their fault. */
class SimulatedServerTest extends MessageQueueTck {
    private final ConformanceTarget target = new SimulatedTarget();

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
