package org.brokertck.reference.queue;

import java.util.List;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** The view of a queue's dead letters that its users hold. Each call is one step under the queue's lock. */
class InMemoryDeadLetters implements DeadLetters {
    private final QueueState queue;

    InMemoryDeadLetters(QueueState queue) {
        this.queue = queue;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        requireAtLeastOne(limit);
        return queue.whileOpen(() -> queue.parked().oldest(limit));
    }

    @Override
    public int redrive(int limit) {
        requireAtLeastOne(limit);
        return queue.whileOpen(() -> {
            int returning = Math.min(limit, queue.parked().size());
            for (int i = 0; i < returning; i++) {
                queue.redrive(queue.parked().removeOldest());
            }
            return returning;
        });
    }

    @Override
    public int purge() {
        return queue.whileOpen(() -> queue.parked().removeAll());
    }

    private static void requireAtLeastOne(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ": it must be 1 or more");
        }
    }
}
