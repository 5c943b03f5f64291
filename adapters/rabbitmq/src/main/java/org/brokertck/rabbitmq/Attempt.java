package org.brokertck.rabbitmq;

import java.util.concurrent.atomic.AtomicReference;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.jspecify.annotations.Nullable;

/** One run of a handler. It ends by itself, or is given up when the drain timeout runs out; only the first of the two counts. */
final class Attempt {
    private enum State {
        RUNNING,
        ENDED,
        GIVEN_UP
    }

    private final Message message;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private @Nullable Throwable failure;

    Attempt(Message message) {
        this.message = message;
    }

    Message message() {
        return message;
    }

    /** Runs the handler. */
    void run(MessageHandler handler, Counters counters) {
        counters.handlerStarts();
        try {
            handler.handle(message);
        } catch (Throwable thrown) {
            // An Error too is no more than a failed attempt (rule G-12).
            failure = thrown;
        } finally {
            counters.handlerEnded();
        }
        if (state.compareAndSet(State.RUNNING, State.ENDED) && failure != null) {
            counters.failed();
        }
    }

    /** Whether the handler ended before it was given up, so that its outcome counts. */
    boolean counts() {
        return state.get() == State.ENDED;
    }

    /** What the handler threw; null for success. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Leaves the message unsettled, whatever the handler still does; says whether it had not ended yet. */
    boolean giveUp() {
        return state.compareAndSet(State.RUNNING, State.GIVEN_UP);
    }
}
