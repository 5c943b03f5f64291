package org.brokertck.reference.monitoring.watch;

/** Something that counts, and hands on what it counted when it is asked to. */
interface Meter {
    /** Tells the monitor what has happened since the last call. Safe for use by several threads at once. */
    void handOn();
}
