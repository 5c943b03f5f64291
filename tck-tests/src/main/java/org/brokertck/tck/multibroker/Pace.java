package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.brokertck.api.target.ManualClock;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;

/**
 * Lets time pass: on the target's manual clock where it has one, exactly and at once; by waiting elsewhere, with a tolerance.
 *
 * @param clock the manual clock
 * @param timeouts the waits in force
 * @param calm whether nothing is at work that was due before: a manual clock that went on meanwhile would make it late
 */
record Pace(Optional<ManualClock> clock, TckTimeouts timeouts, BooleanSupplier calm) {
    private static final Duration VIRTUAL_UNIT = Duration.ofSeconds(10);
    /** What is due at the end of a span may come a moment after it. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final int STEPS = 8;

    /** The span that the tests count in: short where it must be waited for, yet longer than any call takes. */
    Duration unit() {
        return clock.isPresent() ? VIRTUAL_UNIT : timeouts.tolerance().dividedBy(2);
    }

    /** Longer than any call may take that does not hang. */
    Duration patience() {
        return clock.isPresent() ? VIRTUAL_UNIT.multipliedBy(10_000) : timeouts.await();
    }

    /** Lets so much time pass. */
    void pass(Duration span) {
        if (clock.isPresent()) {
            calmDown();
            clock.get().advance(span);
        } else {
            Polling.until(span, () -> false, it -> it);
        }
    }

    /** Lets what is at work come to its end, as it may be late on a busy machine. */
    void calmDown() {
        boolean unused = Polling.until(timeouts.tolerance(), calm::getAsBoolean, it -> it);
    }

    /** Whether it comes about when so much time has passed. What happens on other threads then is given the time that it needs. */
    boolean comesWithin(Duration span, BooleanSupplier condition) {
        if (clock.isEmpty()) {
            return Polling.until(span.plus(timeouts.tolerance()), condition::getAsBoolean, it -> it);
        }
        pass(span.plus(MOMENT));
        return Polling.until(timeouts.await(), condition::getAsBoolean, it -> it);
    }

    /**
     * As {@link #comesWithin}, where several waits may follow one another: a manual clock moves in steps, after each of which whoever
     * waits may go on to the next wait.
     */
    boolean comesWithinSteps(Duration span, BooleanSupplier condition) {
        return comesWithinSteps(span, condition, () -> true);
    }

    /** Whether the call ends when so much time has passed. A manual clock stands while the call's thread is at work. */
    boolean endsWithinSteps(Duration span, Running<?> call) {
        return comesWithinSteps(span, call::isDone, call::isAtRest);
    }

    private boolean comesWithinSteps(Duration span, BooleanSupplier condition, BooleanSupplier atRest) {
        if (clock.isEmpty()) {
            return comesWithin(span, condition);
        }
        for (int i = 0; i < STEPS; i++) {
            if (settles(condition, atRest)) {
                return true;
            }
            pass(span.dividedBy(STEPS));
        }
        return comesWithin(Duration.ZERO, condition);
    }

    private boolean settles(BooleanSupplier condition, BooleanSupplier atRest) {
        boolean unused =
                Polling.until(timeouts.await(), () -> condition.getAsBoolean() || atRest.getAsBoolean(), it -> it);
        return Polling.until(timeouts.quiet().dividedBy(5), condition::getAsBoolean, it -> it);
    }
}
