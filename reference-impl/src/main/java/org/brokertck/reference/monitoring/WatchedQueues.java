package org.brokertck.reference.monitoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.brokertck.api.monitoring.QueueMonitor;
import org.jspecify.annotations.Nullable;

/** The queues by name: so many as there is room for, and one that stands for all others (rule O-12). */
final class WatchedQueues {
    private final int most;
    private final Function<String, QueueFigures> making;
    private final ConcurrentMap<String, QueueFigures> byName = new ConcurrentHashMap<>();
    private final LongAdder overflow = new LongAdder();
    private volatile @Nullable QueueFigures others;

    WatchedQueues(int most, Function<String, QueueFigures> making) {
        this.most = most;
        this.making = making;
    }

    /** The queue to record under; a new one when there is room. */
    QueueFigures of(String name) {
        QueueFigures known = byName.get(requireName(name));
        if (known != null) {
            return known;
        }
        QueueFigures full = others;
        QueueFigures queue = full == null ? add(name) : full;
        if (isOther(queue)) {
            overflow.increment();
        }
        return queue;
    }

    boolean isOther(QueueFigures queue) {
        return queue == others;
    }

    private synchronized QueueFigures add(String name) {
        QueueFigures known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (byName.size() < most) {
            QueueFigures created = making.apply(name);
            byName.put(name, created);
            return created;
        }
        QueueFigures full = others;
        if (full == null) {
            full = making.apply(QueueMonitor.OTHER_QUEUES);
            others = full;
        }
        return full;
    }

    /** All queues, the one for all others too. */
    Collection<QueueFigures> all() {
        QueueFigures full = others;
        if (full == null) {
            return byName.values();
        }
        List<QueueFigures> all = new ArrayList<>(byName.values());
        all.add(full);
        return all;
    }

    /** How many are told apart. */
    int size() {
        return byName.size();
    }

    /** Recordings of queues that found no room. */
    long overflow() {
        return overflow.sum();
    }

    private static String requireName(String queue) {
        Objects.requireNonNull(queue, "queue");
        if (queue.length() > QueueMonitor.LONGEST_NAME) {
            throw new IllegalArgumentException("queue is a name of %d characters: it must have no more than %d"
                    .formatted(queue.length(), QueueMonitor.LONGEST_NAME));
        }
        if (queue.isBlank() || queue.equals(QueueMonitor.OTHER_QUEUES)) {
            throw new IllegalArgumentException("queue is '%s': it must be neither blank nor '%s', which stands for all"
                            .formatted(queue, QueueMonitor.OTHER_QUEUES)
                    + " queues that find no room");
        }
        return queue;
    }
}
