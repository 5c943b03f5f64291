package org.brokertck.reference.resilience;

import java.time.Duration;
import java.util.Objects;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.resilience.PoolMetrics;
import org.brokertck.api.resilience.PooledConnection;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The reference connection pool. Who borrows is granted a place first, and then, without a lock, finds a connection for it: the one
 * that came with the place when it is still good, else another idle one, else a new one. A place is given up only when its
 * connection is idle or closed, so that there are never more connections than places.
 *
 * @param <C> the connections
 */
public final class FairConnectionPool<C> implements ConnectionPool<C> {
    /** The longest wait with a deadline, which is counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final String name;
    private final PoolConfig config;
    private final ConnectionFactory<C> factory;
    private final Places<C> places;
    private final PoolCloser closer;

    private FairConnectionPool(
            String name,
            PoolConfig config,
            ConnectionFactory<C> factory,
            TimeSource time,
            @Nullable SystemTimeSource ownTime) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = Objects.requireNonNull(config, "config");
        this.factory = Objects.requireNonNull(factory, "factory");
        this.places = new Places<>(name, config, time, this::closeQuietly);
        this.closer = new PoolCloser(places, ownTime);
    }

    /** A pool on the system's time. */
    public static <C> ConnectionPool<C> open(String name, PoolConfig config, ConnectionFactory<C> factory) {
        SystemTimeSource time = new SystemTimeSource(name + "-pool-timer");
        return new FairConnectionPool<>(name, config, factory, time, time);
    }

    /** A pool on that time. */
    public static <C> ConnectionPool<C> open(
            String name, PoolConfig config, ConnectionFactory<C> factory, TimeSource time) {
        return new FairConnectionPool<>(name, config, factory, time, null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PooledConnection<C> borrow() {
        return borrow(config.borrowTimeout());
    }

    @Override
    public PooledConnection<C> borrow(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": it must be 0 (wait for nobody) or more");
        }
        Place<C> place = places.take(timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST);
        boolean lent = false;
        try {
            C connection = connectionFor(place);
            PooledConnection<C> borrowed = places.lend(connection);
            if (borrowed != null) {
                lent = true;
                return borrowed;
            }
            closeQuietly(connection);
            places.closed();
        } finally {
            if (!lent) {
                places.giveUp();
            }
        }
        throw new ClosedException("Connection pool '" + name + "' was closed: nothing is borrowed from it any more");
    }

    private C connectionFor(Place<C> place) {
        C idle = place.connection();
        while (idle != null) {
            if (isGood(idle, place)) {
                return idle;
            }
            closeQuietly(idle);
            places.closed();
            requireNotInterrupted();
            place = places.another();
            idle = place.connection();
        }
        C created = create();
        places.opened();
        return created;
    }

    private boolean isGood(C idle, Place<C> place) {
        if (place.expired()) {
            return false;
        }
        try {
            return factory.isValid(idle);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Throwable broken) {
            return false;
        }
    }

    private void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException(
                    "Interrupted while borrowing from connection pool '" + name + "': nothing was borrowed");
        }
    }

    private C create() {
        try {
            return Objects.requireNonNull(factory.create(), "the factory made null");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while connection pool '" + name + "' opened a connection: nothing was borrowed", e);
        } catch (Exception e) {
            throw new BrokerUnavailableException(
                    "Connection pool '%s' could not open a connection: see the cause, and try again".formatted(name),
                    e);
        }
    }

    private void closeQuietly(C connection) {
        try {
            factory.close(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable ignored) {
            // It is gone either way, and nobody could do anything about it.
        }
    }

    @Override
    public PoolMetrics metrics() {
        return places.metrics();
    }

    @Override
    public void close() {
        closer.close();
    }
}
