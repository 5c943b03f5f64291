package org.brokertck.tck.faulty.multibroker.plain;

import java.util.Optional;
import java.util.function.Function;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain multi-brokers, or variants of them, on the system's time and on a clock. */
public record PlainMultiTarget(String name, @Nullable TimeSource time, Function<Opening, MultiBroker> brokers)
        implements ConformanceTarget {
    /** A target on the system's time. */
    public static PlainMultiTarget of(String name, Function<Opening, MultiBroker> brokers) {
        return new PlainMultiTarget(name, null, brokers);
    }

    @Override
    public MultiBroker openMultiBroker(String broker, MultiBrokerConfig config) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + broker + "-timer") : time;
        return brokers.apply(new Opening(broker, config, source));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainMultiTarget(name, clock, brokers), clock));
    }
}
