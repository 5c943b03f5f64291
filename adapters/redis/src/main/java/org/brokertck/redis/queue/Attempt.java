package org.brokertck.redis.queue;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the running attempt of a consumer still counts. Its thread ends it, or a close whose drain timeout ran out cuts it
 * off: whichever comes first, and the other knows.
 */
final class Attempt {
    private enum State {
        NONE,
        RUNNING,
        CUT_OFF
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

    /** @return false when the consumer was cut off before the handler could start */
    boolean begin() {
        return state.compareAndSet(State.NONE, State.RUNNING);
    }

    /** @return whether the outcome counts */
    boolean end() {
        return state.compareAndSet(State.RUNNING, State.NONE);
    }

    boolean isRunning() {
        return state.get() == State.RUNNING;
    }

    boolean isCutOff() {
        return state.get() == State.CUT_OFF;
    }

    /** From now on no outcome counts and no handler starts. */
    void cutOff() {
        state.set(State.CUT_OFF);
    }
}
