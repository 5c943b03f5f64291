package org.brokertck.tck.workload.resilience;

import java.time.Duration;

/** One step of a schedule of calls through a circuit breaker. */
public sealed interface BreakerStep {
    /** A call begins; it is held until it is told to end. */
    record Begin() implements BreakerStep {
        @Override
        public String toString() {
            return "a call begins";
        }
    }

    /**
     * A call that is under way ends.
     *
     * @param which which one, counted from the oldest, modulo their number; nothing happens when there is none
     * @param ending how it ends
     */
    record End(int which, CallEnding ending) implements BreakerStep {
        @Override
        public String toString() {
            return "a call " + ending;
        }
    }

    /**
     * A call begins and ends.
     *
     * @param ending how it ends
     * @param pace how long it takes
     */
    record Whole(CallEnding ending, Pace pace) implements BreakerStep {
        @Override
        public String toString() {
            return "a call " + ending + (pace == Pace.AT_ONCE ? "" : " and is " + pace);
        }
    }

    /**
     * Time passes.
     *
     * @param duration on the manual clock
     */
    record Pass(Duration duration) implements BreakerStep {
        @Override
        public String toString() {
            return duration + " pass";
        }
    }

    /** How long a call takes. */
    enum Pace {
        /** No time. */
        AT_ONCE,
        /** As long as a call may take. */
        JUST_IN_TIME,
        /** A millisecond longer than that. */
        TOO_SLOW
    }
}
