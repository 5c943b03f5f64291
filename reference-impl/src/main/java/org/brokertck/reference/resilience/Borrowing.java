package org.brokertck.reference.resilience;

import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.resilience.PooledConnection;

/** One borrowing: ends once, whoever comes first, the borrower or the closing of the pool. */
final class Borrowing<C> implements PooledConnection<C> {
    private final Places<C> places;
    private final C connection;
    private final AtomicBoolean ended = new AtomicBoolean();

    Borrowing(Places<C> places, C connection) {
        this.places = places;
        this.connection = connection;
    }

    @Override
    public C get() {
        if (ended.get()) {
            throw new IllegalStateException(
                    "The connection was given back to its pool and may be someone else's: borrow one again");
        }
        return connection;
    }

    @Override
    public void discard() {
        if (ended.compareAndSet(false, true)) {
            places.discard(this, connection);
        }
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            places.giveBack(this, connection);
        }
    }
}
