package org.brokertck.tck.faulty;

import java.util.concurrent.locks.LockSupport;
import org.brokertck.tck.time.TckTimeouts;

/** What faulty implementations do for longer than any test waits for it, on a slow machine too; it ends by itself, so that tests do not drown in it. */
public final class Lingering {
    private static final int WAITS = 5;

    private Lingering() {}

    /** Starts a thread that should not be. */
    public static void thread(String name) {
        Thread thread = new Thread(Lingering::here, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Keeps the calling thread, unless it is interrupted. */
    public static void here() {
        long end = System.nanoTime() + nanos();
        for (long left = nanos(); left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long nanos() {
        return TckTimeouts.current().await().multipliedBy(WAITS).toNanos();
    }
}
