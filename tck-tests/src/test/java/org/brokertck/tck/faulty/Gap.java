package org.brokertck.tck.faulty;

import java.util.concurrent.locks.LockSupport;

/** What lies between two steps that ought to be one. */
public final class Gap {
    private static final long NANOS = 2_000_000;

    private Gap() {}

    /**
     * Passes it: off the processor, so that whoever is to come in between is let in where processors are scarce too, and longer than
     * calls miss each other by that are started to meet.
     */
    public static void pass() {
        LockSupport.parkNanos(NANOS);
    }
}
