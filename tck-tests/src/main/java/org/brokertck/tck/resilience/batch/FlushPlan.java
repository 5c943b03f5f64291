package org.brokertck.tck.resilience.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.resilience.BatchConfig;

/** Rule K-1 as a plan: told when items are added and how time passes, it says which flushes are due so far. */
final class FlushPlan {
    private final BatchConfig config;
    private final List<List<String>> flushes = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private Duration due = Duration.ZERO;
    private int added;

    FlushPlan(BatchConfig config) {
        this.config = config;
    }

    /** The next item is added now. */
    void add() {
        if (waiting.isEmpty()) {
            due = now.plus(config.flushInterval());
        }
        waiting.add("i-" + added++);
        if (waiting.size() == config.batchSize()) {
            flush();
        }
    }

    /** Time passes. */
    void pass(Duration duration) {
        now = now.plus(duration);
        if (!waiting.isEmpty() && now.compareTo(due) >= 0) {
            flush();
        }
    }

    private void flush() {
        flushes.add(List.copyOf(waiting));
        waiting.clear();
    }

    /** The flushes that are due so far. */
    List<List<String>> flushes() {
        return flushes;
    }
}
