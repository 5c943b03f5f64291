package org.brokertck.tck.faulty.breaker;

import static org.brokertck.tck.faulty.breaker.FaultyBreakers.plain;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.brokertck.tck.faulty.breaker.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Faults that show where two features meet: probes of periods that are over, calls within calls, slow interrupts, and settings at their bounds. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "EarlierProbesGiveTheirPlacesBack",
                        "K-3",
                        "was let through where the breaker is to refuse it",
                        "Gives the place of an interrupted probe back, be it one of an earlier half-open period.",
                        EarlierProbesGiveTheirPlacesBack::new),
                plain(
                        "EarlierProbesAreProbes",
                        "K-3",
                        "the metrics are",
                        "Takes the answer of a probe for one of the present half-open period, whenever that was let through.",
                        EarlierProbesAreProbes::new),
                plain(
                        "OneStartForAThread",
                        "K-3",
                        "a call within",
                        "Keeps when a call began in a variable of its thread, where a call within it writes as well.",
                        OneStartForAThread::new),
                plain(
                        "SlowInterruptsAreFailures",
                        "K-3",
                        "the metrics are",
                        "Looks how long a call took before it looks whether that was interrupted.",
                        SlowInterruptsAreFailures::new),
                plain(
                        "RemembersAThresholdOfCalls",
                        "K-3",
                        "openCircuitBreaker .* threw java.lang.OutOfMemoryError",
                        "Makes an array with a place for every failure that it opens after.",
                        RemembersAThresholdOfCalls::new),
                plain(
                        "OpenDurationInAnInt",
                        "K-3",
                        "that is open for",
                        "Counts the open duration in an int of milliseconds, which ends after 25 days.",
                        OpenDurationInAnInt::new),
                plain(
                        "SlowCallInAnInt",
                        "K-3",
                        "the metrics are",
                        "Counts how long a call may take in an int of milliseconds, which ends after 25 days.",
                        SlowCallInAnInt::new));
    }

    /** Knows which of its periods were half-open. */
    private abstract static class RemembersItsPeriods extends PlainBreaker {
        private final Set<Integer> halfOpen = new HashSet<>();

        RemembersItsPeriods(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void enter(BreakerState next) {
            super.enter(next);
            if (next == BreakerState.HALF_OPEN) {
                halfOpen.add(period);
            }
        }

        boolean wasHalfOpen(int begun) {
            return halfOpen.contains(begun);
        }
    }

    private static final class EarlierProbesGiveTheirPlacesBack extends RemembersItsPeriods {
        EarlierProbesGiveTheirPlacesBack(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
            if (isInterrupt(thrown) && begun != period && wasHalfOpen(begun)) {
                look();
                undecided();
                return;
            }
            super.ended(begun, thrown, start);
        }
    }

    private static final class EarlierProbesAreProbes extends RemembersItsPeriods {
        private boolean answered;

        EarlierProbesAreProbes(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
            answered = !isInterrupt(thrown);
            super.ended(begun, thrown, start);
        }

        @Override
        protected boolean counts(int begun) {
            return super.counts(begun) || (answered && state == BreakerState.HALF_OPEN && wasHalfOpen(begun));
        }
    }

    private static final class OneStartForAThread extends PlainBreaker {
        private final ThreadLocal<Long> started = ThreadLocal.withInitial(() -> 0L);

        OneStartForAThread(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
            if (action == null) {
                return super.call(action);
            }
            return super.call(() -> {
                started.set(time.nanoTime());
                return action.call();
            });
        }

        @Override
        protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
            super.ended(begun, thrown, started.get());
        }
    }

    private static final class SlowInterruptsAreFailures extends PlainBreaker {
        SlowInterruptsAreFailures(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
            boolean slow = isSlow(Duration.ofNanos(time.nanoTime() - start));
            super.ended(begun, slow ? null : thrown, start);
        }
    }

    private static final class RemembersAThresholdOfCalls extends PlainBreaker {
        private final long[] failures;

        RemembersAThresholdOfCalls(PlainTarget.Opening opening) {
            super(opening);
            this.failures = new long[config.failureThreshold()];
        }

        @Override
        protected void failure() {
            failures[Math.min(inARow, failures.length - 1)] = time.nanoTime();
            super.failure();
        }
    }

    private static final class OpenDurationInAnInt extends PlainBreaker {
        OpenDurationInAnInt(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void trip() {
            super.trip();
            Duration open = config.openDuration();
            if (open.compareTo(Duration.ofDays(1)) > 0) {
                openUntil = time.nanoTime() + (int) open.toMillis() * 1_000_000L;
            }
        }
    }

    private static final class SlowCallInAnInt extends PlainBreaker {
        SlowCallInAnInt(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isSlow(Duration taken) {
            return super.isSlow(taken)
                    || taken.toMillis() > (int) config.slowCall().toMillis();
        }
    }
}
