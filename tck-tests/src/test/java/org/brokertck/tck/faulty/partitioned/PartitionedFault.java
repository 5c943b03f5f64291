package org.brokertck.tck.faulty.partitioned;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.PlainTarget;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedServer;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedTarget;

/** Makes faulty partitioned brokers. */
final class PartitionedFault {
    private PartitionedFault() {}

    /** A faulty variant of the plain broker. */
    static Fault plain(
            String name,
            String rule,
            String finding,
            String description,
            Function<Opening, PartitionedBroker> brokers) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, brokers));
    }

    /** A faulty client of a simulated server that does its part well. */
    static Fault remote(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<SimulatedServer, Opening, PartitionedBroker> brokers) {
        return Fault.of(
                name, rule, finding, description, () -> new SimulatedTarget(name, new SimulatedServer(), brokers));
    }
}
