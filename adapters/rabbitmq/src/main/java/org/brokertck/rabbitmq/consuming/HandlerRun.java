package org.brokertck.rabbitmq.consuming;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of a handler. It ends by itself, or is given up when the drain timeout runs out; only the first of the two counts. */
final class HandlerRun {
    private enum State {
        RUNNING,
        ENDED,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private @Nullable Throwable failure;

    /**
     * Runs the handler.
     *
     * @return whether it ended before it was given up
     */
    boolean run(Handling.Task task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            // An Error too is no more than a failed attempt (rule G-12).
            failure = thrown;
        }
        return state.compareAndSet(State.RUNNING, State.ENDED);
    }

    /** What the handler threw; null for success. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Lets its outcome count no more, whatever the handler still does; says whether it had not ended yet. */
    boolean giveUp() {
        return state.compareAndSet(State.RUNNING, State.GIVEN_UP);
    }
}
