package org.brokertck.tck.faulty.queue.plain;

import java.util.List;
import java.util.function.Supplier;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** The view of a queue's dead letters: checks arguments and state, and leaves the work to the queue. */
public class PlainDeadLetters implements DeadLetters {
    private final PlainQueue queue;

    /** A view of that queue. */
    public PlainDeadLetters(PlainQueue queue) {
        this.queue = queue;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        checkLimit(limit);
        return usable(() -> queue.listed(limit));
    }

    @Override
    public int redrive(int limit) {
        checkLimit(limit);
        return usable(() -> queue.redrive(limit));
    }

    @Override
    public int purge() {
        return usable(queue::purge);
    }

    /** Refuses what is no limit. */
    protected void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
    }

    /** Runs a step of a queue that can serve it. */
    protected <T> T usable(Supplier<T> step) {
        return queue.locked(() -> {
            queue.requireUsable(queue.config().produceTimeout());
            return step.get();
        });
    }
}
