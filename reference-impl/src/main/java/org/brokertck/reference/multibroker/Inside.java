package org.brokertck.reference.multibroker;

/** Knows which threads run the user's code on behalf of one multi-broker, and so must not wait for its end. */
final class Inside {
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    /** One stay of the current thread. */
    @FunctionalInterface
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    Stay enter() {
        int outer = depth.get();
        depth.set(outer + 1);
        return () -> {
            if (outer == 0) {
                depth.remove();
            } else {
                depth.set(outer);
            }
        };
    }

    boolean isCurrentThread() {
        boolean inside = depth.get() > 0;
        if (!inside) {
            depth.remove();
        }
        return inside;
    }
}
