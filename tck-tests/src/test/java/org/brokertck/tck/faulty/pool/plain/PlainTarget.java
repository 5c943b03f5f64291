package org.brokertck.tck.faulty.pool.plain;

import java.util.Optional;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A target that opens plain pools, or variants of them, on the system's time and on a clock. */
public record PlainTarget(String name, @Nullable TimeSource time, Pools pools) implements ConformanceTarget {
    /** Makes pools of whatever connections. */
    @FunctionalInterface
    public interface Pools {
        /** A pool over connections whose type it does not know. */
        PlainPool open(Opening opening);
    }

    /**
     * All that a pool is opened with.
     *
     * @param name its name
     * @param config its settings
     * @param factory makes the connections
     * @param time its time; ended with the pool when it is a {@link SystemTimeSource}
     */
    public record Opening(String name, PoolConfig config, ConnectionFactory<Object> factory, TimeSource time) {}

    /** A target on either time. */
    public static PlainTarget of(String name, Pools pools) {
        return new PlainTarget(name, null, pools);
    }

    @Override
    @SuppressWarnings("unchecked") // The pool hands out what the factory made.
    public <C> ConnectionPool<C> openConnectionPool(String pool, PoolConfig config, ConnectionFactory<C> factory) {
        TimeSource source = time == null ? new SystemTimeSource("plain-" + pool + "-timer") : time;
        return (ConnectionPool<C>) pools.open(new Opening(pool, config, (ConnectionFactory<Object>) factory, source));
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new PlainTarget(name, clock, pools), clock));
    }
}
