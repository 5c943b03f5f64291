package org.brokertck.tck.faulty.breaker;

import java.util.List;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.jspecify.annotations.Nullable;

/** How many probes a half-open breaker lets through, and what it makes of them. */
@SuppressWarnings("OperatorPrecedence") // read as written
final class ProbingFaults {
    private static final String WRONG = "metrics are|state\\(\\) is|was (not )?let through|were let through";

    private ProbingFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBreakers.plain(
                        "HalfOpenAdmitsAll",
                        "K-3",
                        WRONG,
                        "Lets all calls through while it is half open.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean admits() {
                                return state != BreakerState.OPEN;
                            }
                        }),
                FaultyBreakers.plain(
                        "HalfOpenAdmitsOneMore",
                        "K-3",
                        WRONG,
                        "Compares with <= where < is due.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean admits() {
                                return state == BreakerState.CLOSED
                                        || state == BreakerState.HALF_OPEN && admitted <= config.probes();
                            }
                        }),
                FaultyBreakers.plain(
                        "HalfOpenAdmitsOne",
                        "K-3",
                        WRONG,
                        "Lets one probe through at a time, however many there may be.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean admits() {
                                return super.admits() && admitted - passed < 1;
                            }
                        }),
                FaultyBreakers.plain(
                        "ProbesGiveTheirPlacesBack",
                        "K-3",
                        WRONG,
                        "Counts the probes that are under way, not those that were let through.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void success() {
                                if (state == BreakerState.HALF_OPEN) {
                                    admitted--;
                                }
                                super.success();
                            }
                        }),
                FaultyBreakers.plain(
                        "ProbesAreCountedWithoutALock",
                        "K-3",
                        WRONG,
                        "Looks whether there is a place, and takes it in a second step.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected int begin() {
                                boolean probe;
                                synchronized (this) {
                                    look();
                                    probe = state == BreakerState.HALF_OPEN && admits();
                                    if (!probe) {
                                        return super.begin();
                                    }
                                }
                                Thread.yield();
                                synchronized (this) {
                                    admitted++;
                                    return period;
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "ClosesWithTheFirstSuccess",
                        "K-3",
                        WRONG,
                        "Closes as soon as one of several probes succeeds.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void success() {
                                super.success();
                                if (state == BreakerState.HALF_OPEN) {
                                    enter(BreakerState.CLOSED);
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "NeedsAThresholdOfSuccesses",
                        "K-3",
                        WRONG,
                        "Lets probes through one after another until as many have succeeded as had failed.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void success() {
                                if (state == BreakerState.HALF_OPEN && ++passed < config.failureThreshold()) {
                                    admitted--;
                                } else {
                                    enter(BreakerState.CLOSED);
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "AFailedProbeIsForgiven",
                        "K-3",
                        WRONG,
                        "Opens anew only when all of the probes have failed.",
                        it -> new PlainBreaker(it) {
                            private int lost;

                            @Override
                            protected void failure() {
                                if (state == BreakerState.HALF_OPEN && ++lost < config.probes()) {
                                    passed++;
                                    return;
                                }
                                lost = 0;
                                super.failure();
                            }
                        }),
                FaultyBreakers.plain(
                        "AFailedProbeOpensForNoTime",
                        "K-3",
                        WRONG + "|says to try again",
                        "Opens anew when a probe fails, but for the first duration, which is over.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void trip() {
                                long first = openUntil;
                                boolean again = openings > 0 && state == BreakerState.HALF_OPEN;
                                super.trip();
                                if (again) {
                                    openUntil = first;
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "AFailedProbeCountsAsOneFailure",
                        "K-3",
                        WRONG,
                        "Opens anew only after a whole threshold of probes has failed.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void failure() {
                                if (state == BreakerState.HALF_OPEN && ++inARow < config.failureThreshold()) {
                                    admitted--;
                                } else {
                                    super.failure();
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "SuccessesOfEarlierProbesStay",
                        "K-3",
                        WRONG,
                        "Does not forget the probes that succeeded before one failed.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void enter(BreakerState next) {
                                int before = passed;
                                super.enter(next);
                                passed = next == BreakerState.CLOSED ? 0 : before;
                            }
                        }),
                FaultyBreakers.plain(
                        "LateCallsAreProbes",
                        "K-3",
                        WRONG,
                        "Counts what comes back for what it is now, whenever the call was let through.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean counts(int begun) {
                                return true;
                            }

                            @Override
                            protected void undecided() {
                                admitted = Math.max(0, admitted - 1);
                            }
                        }),
                FaultyBreakers.plain(
                        "LateCallsCountInTheNextClosedState",
                        "K-3",
                        WRONG,
                        "Tells the periods apart by the state alone.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean counts(int begun) {
                                // A period is closed when its number is a multiple of three, unless a probe failed.
                                return super.counts(begun) || state == BreakerState.CLOSED && begun == 0;
                            }
                        }),
                FaultyBreakers.plain(
                        "FailuresOfTheFirstPeriodStay",
                        "K-3",
                        WRONG,
                        "Closes without forgetting the failures that had opened it.",
                        it -> new PlainBreaker(it) {
                            private int kept;

                            @Override
                            protected void trip() {
                                kept = config.failureThreshold() - 1;
                                super.trip();
                            }

                            @Override
                            protected void enter(BreakerState next) {
                                super.enter(next);
                                inARow = next == BreakerState.CLOSED ? kept : 0;
                            }
                        }),
                FaultyBreakers.plain(
                        "InterruptedProbesKeepTheirPlaces",
                        "K-3",
                        WRONG,
                        "Waits for ever for the answer of a probe that was interrupted.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void undecided() {}
                        }),
                FaultyBreakers.plain(
                        "InterruptedProbesSucceed",
                        "K-3",
                        WRONG,
                        "Takes the interrupt of a probe for an answer.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void undecided() {
                                if (state == BreakerState.HALF_OPEN) {
                                    success();
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "ALookTakesAProbe",
                        "K-3",
                        WRONG,
                        "Half opens for whoever asks for the figures, and takes a place for it.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public synchronized BreakerMetrics metrics() {
                                BreakerState before = state;
                                BreakerMetrics metrics = super.metrics();
                                if (before == BreakerState.OPEN && state == BreakerState.HALF_OPEN) {
                                    admitted++;
                                }
                                return metrics;
                            }

                            @Override
                            public synchronized BreakerState state() {
                                return metrics().state();
                            }
                        }),
                FaultyBreakers.plain(
                        "OnlyFailuresHalfOpen",
                        "K-3",
                        WRONG,
                        "Looks at the clock when a call ends, and not when one begins.",
                        it -> new PlainBreaker(it) {
                            private boolean beginning;

                            @Override
                            protected int begin() {
                                synchronized (this) {
                                    beginning = true;
                                    try {
                                        return super.begin();
                                    } finally {
                                        beginning = false;
                                    }
                                }
                            }

                            @Override
                            protected void look() {
                                if (!beginning) {
                                    super.look();
                                }
                            }

                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                super.ended(begun, thrown, start);
                            }
                        }));
    }
}
