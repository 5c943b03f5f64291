package org.brokertck.tck.time;

/** Whether a thread has come to something that it waits for, so that what it does next depends on others. */
public final class Rest {
    private Rest() {}

    /** Whether the thread waits, or has ended. One that waits for a lock that another holds for a moment may look so too. */
    public static boolean of(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED -> false;
        };
    }
}
