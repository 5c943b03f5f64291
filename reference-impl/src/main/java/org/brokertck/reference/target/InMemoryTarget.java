package org.brokertck.reference.target;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.queue.InMemoryQueue;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** The reference as a target, on the system's time or on a clock. */
public final class InMemoryTarget implements ConformanceTarget {
    static final String NAME = "in-memory";
    /** When the classes come from no jar that says. */
    private static final String DEVELOPMENT_VERSION = "0.1.0-SNAPSHOT";

    private final @Nullable TimeSource time;

    /** A target on the system's time: each instance has a timer of its own. */
    public InMemoryTarget() {
        this.time = null;
    }

    /** A target whose instances all live on one time source. */
    public InMemoryTarget(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        String version = InMemoryTarget.class.getPackage().getImplementationVersion();
        return version == null ? DEVELOPMENT_VERSION : version;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED);
    }

    @Override
    public Limits limits() {
        return Limits.DEFAULT;
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return time == null ? InMemoryQueue.open(name, config) : InMemoryQueue.open(name, config, time);
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new InMemoryTarget(clock), clock));
    }
}
