package org.brokertck.tck.faulty.pubsub.plain;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain brokers, or variants of them, on the system's time and on a clock. */
public record PlainTarget(
        String name,
        Set<Capability> capabilities,
        Limits limits,
        @Nullable TimeSource time,
        Function<Opening, PubSubBroker> brokers)
        implements ConformanceTarget {
    /** A target with the usual claims. */
    public static PlainTarget of(String name, Function<Opening, PubSubBroker> brokers) {
        return new PlainTarget(name, Set.of(), Limits.DEFAULT, null, brokers);
    }

    @Override
    public PubSubBroker openPubSub(String broker, PubSubConfig config) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + broker + "-timer") : time;
        return brokers.apply(new Opening(broker, config, limits, source, new Line()));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, capabilities, limits, clock, brokers), clock));
    }
}
