package com.example;

import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;

/** This broker as the kit's suite and command line see it. Public, so that the command line can make it by its name. */
public final class OwnTarget implements ConformanceTarget {
    @Override
    public String name() {
        return "own-broker";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED);
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return new OwnQueue(name, config);
    }
}
