package org.brokertck.tck.suite;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.queue.MessageQueueTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the message queue, against {@link CurrentTarget}. */
public final class MessageQueueSuite extends MessageQueueTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
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
