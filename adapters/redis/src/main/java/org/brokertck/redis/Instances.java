package org.brokertck.redis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What was opened and not closed yet, so that one close closes all. */
final class Instances {
    private final Map<AutoCloseable, BooleanSupplier> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    boolean isClosed() {
        return closed;
    }

    /** Closes it with the others; at once, when they are closed already. */
    <T extends AutoCloseable> void keep(T instance, Predicate<T> isClosed) {
        open.values().removeIf(BooleanSupplier::getAsBoolean);
        open.put(instance, () -> isClosed.test(instance));
        if (closed) {
            close();
        }
    }

    /** Closes all, whatever one of them throws; an interrupt counts for each. Throws the last of it. */
    void close() {
        closed = true;
        RuntimeException failure = null;
        for (AutoCloseable instance : List.copyOf(open.keySet())) {
            try {
                instance.close();
            } catch (RuntimeException e) {
                failure = e;
            } catch (Exception e) {
                failure = new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
