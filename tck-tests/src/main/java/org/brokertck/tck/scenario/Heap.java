package org.brokertck.tck.scenario;

import java.lang.ref.WeakReference;

/** How much memory is in use, for rules by which nothing may be kept. */
public final class Heap {
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /**
     * The bytes in use after a collection: the least of a few, since others allocate too.
     *
     * @throws IllegalStateException when nothing is collected on demand, so that nothing can be said of what is in use
     */
    public static long used() {
        requireCollections();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void requireCollections() {
        WeakReference<byte[]> garbage = new WeakReference<>(new byte[1024]);
        for (int i = 0; i < COLLECTIONS && garbage.get() != null; i++) {
            System.gc();
        }
        if (garbage.get() != null) {
            throw new IllegalStateException(
                    "System.gc() collects nothing here, so that what is kept cannot be told from "
                            + "what is garbage: run without -XX:+DisableExplicitGC");
        }
    }
}
