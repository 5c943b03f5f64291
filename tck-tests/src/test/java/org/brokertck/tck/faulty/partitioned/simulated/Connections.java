package org.brokertck.tck.faulty.partitioned.simulated;

import java.util.ArrayDeque;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/** The connections of one client to a simulated server: opened when needed, at most so many. Used only under the server's lock. */
public class Connections {
    /** Those that wait for their next use, each known by the loss that it was opened after. */
    protected final ArrayDeque<Long> idle = new ArrayDeque<>();

    /** How many are in use. */
    protected int borrowed;

    private final SimulatedServer server;
    private final int most;

    /** Connections to that server. */
    public Connections(SimulatedServer server, int most) {
        this.server = server;
        this.most = most;
    }

    /** How many are open. */
    public int open() {
        idle.removeIf(this::isBroken);
        return idle.size() + borrowed;
    }

    /** Hands out a connection, and waits for one where all are in use. */
    public long borrow(long patienceNanos) {
        long left = patienceNanos;
        try {
            while (isExhausted()) {
                if (left <= 0) {
                    throw new BrokerUnavailableException("All " + most + " connections to " + SimulatedServer.ADDRESS
                            + " are in use: allow more of them");
                }
                left = server.changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for a connection", e);
        }
        borrowed++;
        @Nullable Long waiting = idle.pollFirst();
        return waiting == null ? server.connection() : waiting;
    }

    /** Whether whoever needs one has to wait. */
    protected boolean isExhausted() {
        return open() >= most && idle.isEmpty();
    }

    /** Takes a connection back, after a use that may have failed. */
    public void giveBack(long connection, boolean failed) {
        borrowed--;
        if (!isBroken(connection)) {
            idle.addLast(connection);
        }
        server.changed.signalAll();
    }

    /** Whether it was opened before the last loss. */
    protected boolean isBroken(long connection) {
        return connection != server.connection();
    }
}
