package org.brokertck.redis.worker;

import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;

/** A thread that runs a user's handler with what it reads over a connection of its own. */
public interface Worker {
    /**
     * Connects, signs in at the server, and starts.
     *
     * @throws RedisFailure when that did not come about; may be called again then, unless it was lost
     * @throws org.brokertck.api.ClosedException when the instance was closed meanwhile
     */
    void start(Deadline deadline) throws InterruptedException;

    /** It is not to be, and the server may know of it. Waits for nothing, since an interrupt may be the reason. */
    void giveUp();

    /** No further handler starts. */
    void beginClosing();

    /** Interrupts the handler that still runs. */
    void cutOff();

    /** Waits for the end, unless called from inside. */
    void awaitEnd();

    boolean isCurrentThread();
}
