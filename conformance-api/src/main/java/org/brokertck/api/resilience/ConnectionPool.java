package org.brokertck.api.resilience;

import java.time.Duration;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.PoolExhaustedException;

/**
 * A bounded number of connections that many threads share, each connection by one at a time (rule K-2). Connections are opened
 * when they are needed. All methods may be called from many threads at once (rule G-4).
 *
 * @param <C> the connections, which a {@link ConnectionFactory} makes
 */
public interface ConnectionPool<C> extends AutoCloseable {
    /** The name under which the pool was opened; it stands in every refusal. */
    String name();

    /**
     * Borrows a connection and waits at most {@link PoolConfig#borrowTimeout()} for one, as {@link #borrow(Duration)} does.
     *
     * @throws PoolExhaustedException when none became free in time
     * @throws BrokerUnavailableException when a new one was needed and could not be opened; the cause is what the factory threw; an
     *     Error may come through as it is
     * @throws ClosedException when the pool is closed, also while the call waits
     * @throws OperationInterruptedException when the thread is interrupted while it waits; nothing is borrowed
     */
    PooledConnection<C> borrow();

    /**
     * Borrows a connection: an idle one that passes validation, else a new one where there is room, else the first that becomes
     * free once those who came before have one. Close it to give it back.
     *
     * @param timeout how long to wait for a connection; 0 to take what there is and wait for nobody
     * @throws NullPointerException when the timeout is null
     * @throws IllegalArgumentException when it is negative
     * @throws PoolExhaustedException when none became free in time
     * @throws BrokerUnavailableException when a new one was needed and could not be opened; the cause is what the factory threw; an
     *     Error may come through as it is
     * @throws ClosedException when the pool is closed, also while the call waits
     * @throws OperationInterruptedException when the thread is interrupted while it waits; nothing is borrowed
     */
    PooledConnection<C> borrow(Duration timeout);

    /** The figures now, all of one moment; also after {@link #close()} (rule G-2). */
    PoolMetrics metrics();

    /**
     * Refuses whoever waits, closes the idle connections, waits at most {@link PoolConfig#drainTimeout()} until the borrowed ones
     * have come back, and closes these too: what is still borrowed then is closed under its borrower. Afterwards every connection
     * that was opened is closed, and no thread of the pool is left (rule G-10). Closing again does nothing but wait for the same end.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the pool is closed all the same, as though
     *     the drain timeout had run out
     */
    @Override
    void close();
}
