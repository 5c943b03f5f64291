package org.brokertck.tck.faulty.partitioned.plain;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain partitioned brokers, or variants of them, on the system's time and on a clock. */
public record PlainTarget(
        String name,
        Set<Capability> capabilities,
        Limits limits,
        @Nullable TimeSource time,
        Function<Opening, PartitionedBroker> brokers)
        implements ConformanceTarget {
    /** A target with the usual claims. */
    public static PlainTarget of(String name, Function<Opening, PartitionedBroker> brokers) {
        return new PlainTarget(
                name, Set.of(Capability.BOUNDED, Capability.OFFSETS, Capability.REPLAY), Limits.DEFAULT, null, brokers);
    }

    @Override
    public PartitionedBroker openPartitioned(String broker, PartitionedConfig config) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + broker + "-timer") : time;
        return brokers.apply(new Opening(broker, config, limits, source, new Store()));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, capabilities, limits, clock, brokers), clock));
    }
}
