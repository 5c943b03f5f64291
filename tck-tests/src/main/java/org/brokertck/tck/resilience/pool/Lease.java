package org.brokertck.tck.resilience.pool;

import org.brokertck.api.resilience.PooledConnection;

/** A connection in the hands of a borrower that looks at what it was given. */
final class Lease {
    private final TestConnections connections;
    private final PooledConnection<TestConnection> handle;
    private final TestConnection connection;

    /** Looks at a connection that was just borrowed, on its borrower's thread. */
    Lease(TestConnections connections, PooledConnection<TestConnection> handle) {
        this.connections = connections;
        this.handle = handle;
        this.connection = handle.get();
        if (connection.isClosed()) {
            connections.note(connection + " was lent after it was closed");
        }
        if (connection.isBroken()) {
            connections.note(connection + " was lent though it had broken while it lay idle");
        }
        if (!connection.beginUse()) {
            connections.note(connection + " was lent to two borrowers at once");
        }
    }

    TestConnection connection() {
        return connection;
    }

    PooledConnection<TestConnection> handle() {
        return handle;
    }

    void giveBack() {
        requireUsable();
        connection.endUse();
        handle.close();
    }

    void discard() {
        requireUsable();
        connection.endUse();
        handle.discard();
    }

    private void requireUsable() {
        if (connection.isClosed()) {
            connections.note(connection + " was closed while a borrower used it");
        }
    }
}
