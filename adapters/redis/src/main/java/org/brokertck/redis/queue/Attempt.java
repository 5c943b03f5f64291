package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final CountDownLatch cutOff = new CountDownLatch(1);

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
        cutOff.countDown();
    }

    /** Waits, but no longer than until the consumer is cut off. */
    void pause(Duration duration) {
        try {
            boolean unused = cutOff.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // A cut-off too, or what a handler left running: the pause is over.
        }
    }
}
