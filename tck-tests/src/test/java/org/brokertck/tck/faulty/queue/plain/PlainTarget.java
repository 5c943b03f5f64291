package org.brokertck.tck.faulty.queue.plain;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain queues, or variants of them, on the system's time and on a clock. */
public record PlainTarget(
        String name,
        Set<Capability> capabilities,
        Limits limits,
        @Nullable TimeSource time,
        Function<Opening, MessageQueue> queues)
        implements ConformanceTarget {
    /** A target with the usual claims. */
    public static PlainTarget of(String name, Function<Opening, MessageQueue> queues) {
        return new PlainTarget(name, Set.of(Capability.BOUNDED), Limits.DEFAULT, null, queues);
    }

    @Override
    public MessageQueue openQueue(String queue, QueueConfig config) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + queue + "-timer") : time;
        return queues.apply(new Opening(queue, config, limits, source, new Shelf()));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, capabilities, limits, clock, queues), clock));
    }
}
