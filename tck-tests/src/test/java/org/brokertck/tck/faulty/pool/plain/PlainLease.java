package org.brokertck.tck.faulty.pool.plain;

import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.resilience.PooledConnection;

/** A connection of a plain pool while it is lent. */
public class PlainLease implements PooledConnection<Object> {
    protected final PlainPool pool;
    protected final Object connection;
    protected final AtomicBoolean over = new AtomicBoolean();

    public PlainLease(PlainPool pool, Object connection) {
        this.pool = pool;
        this.connection = connection;
    }

    /** The connection, also when it was given back: for the pool. */
    public Object held() {
        return connection;
    }

    @Override
    public Object get() {
        if (over.get()) {
            throw new IllegalStateException("The connection was given back");
        }
        return connection;
    }

    @Override
    public void discard() {
        if (over.compareAndSet(false, true)) {
            pool.discard(this);
        }
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            pool.giveBack(this);
        }
    }
}
