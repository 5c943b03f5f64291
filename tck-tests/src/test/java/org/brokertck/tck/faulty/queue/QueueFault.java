package org.brokertck.tck.faulty.queue;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainTarget;
import org.brokertck.tck.faulty.queue.simulated.SimulatedServer;
import org.brokertck.tck.faulty.queue.simulated.SimulatedTarget;

/** Makes faulty queues. */
final class QueueFault {
    private QueueFault() {}

    /** A faulty variant of the plain queue. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, MessageQueue> queues) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, queues));
    }

    /** A faulty client of a simulated server that does its part well. */
    static Fault remote(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<SimulatedServer, Opening, MessageQueue> queues) {
        return Fault.of(
                name, rule, finding, description, () -> new SimulatedTarget(name, new SimulatedServer(), queues));
    }
}
