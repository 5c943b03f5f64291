package org.brokertck.tck.queue;

import java.util.List;
import java.util.function.ToIntFunction;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.tck.time.TckTimeouts;

/** The dead letters of a schedule: before each operation their list is compared with the model, and after it the count. */
final class ScheduledDeadLetters {
    private final QueueUnderTest queue;
    private final QueueModel model;

    ScheduledDeadLetters(QueueUnderTest queue, QueueModel model) {
        this.queue = queue;
        this.model = model;
    }

    void redrive(String step, int limit) {
        requireListed(step);
        int present = model.parked().size();
        int count = call("redrive", it -> it.redrive(limit));
        int moved = model.redrives(limit);
        queue.require(
                count == moved,
                "%s: redrive of up to %d of %d dead letters says that it moved %d"
                        .formatted(step, limit, present, count));
    }

    void purge(String step) {
        requireListed(step);
        int count = call("purge", DeadLetters::purge);
        int deleted = model.purges();
        queue.require(
                count == deleted,
                "%s: purge of %d dead letters says that it deleted %d".formatted(step, deleted, count));
    }

    private int call(String what, ToIntFunction<DeadLetters> operation) {
        return queue.call(
                what,
                TckTimeouts.current().await(),
                () -> operation.applyAsInt(queue.unrecorded().deadLetters()));
    }

    private void requireListed(String step) {
        List<String> listed =
                queue.deadLetters().stream().map(it -> it.message().id()).toList();
        queue.require(
                listed.equals(model.parked()),
                "before %s: the list of dead letters is %s, where %s were parked"
                        .formatted(step, listed, model.parked()));
    }
}
