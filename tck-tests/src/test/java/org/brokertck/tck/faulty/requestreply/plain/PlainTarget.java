package org.brokertck.tck.faulty.requestreply.plain;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain instances, or variants of them, on the system's time and on a clock. */
public record PlainTarget(
        String name,
        Set<Capability> capabilities,
        Limits limits,
        @Nullable TimeSource time,
        Function<Opening, RequestReply> instances)
        implements ConformanceTarget {
    /** A target with the usual claims. */
    public static PlainTarget of(String name, Function<Opening, RequestReply> instances) {
        return new PlainTarget(name, Set.of(), Limits.DEFAULT, null, instances);
    }

    @Override
    public RequestReply openRequestReply(String instance, RequestReplyConfig config) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + instance + "-timer") : time;
        return instances.apply(new Opening(instance, config, limits, source, new Line()));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, capabilities, limits, clock, instances), clock));
    }
}
