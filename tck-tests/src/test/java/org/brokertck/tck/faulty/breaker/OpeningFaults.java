package org.brokertck.tck.faulty.breaker;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.jspecify.annotations.Nullable;

/** When a breaker opens, for how long, and what it says meanwhile. */
final class OpeningFaults {
    private static final String WRONG = "metrics are|state\\(\\) is|was (not )?let through";
    private static final String LEFT = "says to try again after";

    private OpeningFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBreakers.plain(
                        "SuccessDoesNotResetTheCount",
                        "K-3",
                        WRONG,
                        "Counts failures since it was closed, whatever succeeds between them.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void success() {
                                int before = inARow;
                                super.success();
                                if (state == BreakerState.CLOSED) {
                                    inARow = before;
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "OpensOneFailureLate",
                        "K-3",
                        WRONG,
                        "Compares with > where >= is due.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void failure() {
                                if (state == BreakerState.CLOSED && inARow < config.failureThreshold()) {
                                    inARow++;
                                } else {
                                    super.failure();
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "OpensOneFailureEarly",
                        "K-3",
                        WRONG,
                        "Lets one failure less through, unless only one is allowed.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void failure() {
                                if (state == BreakerState.CLOSED && inARow + 2 == config.failureThreshold()) {
                                    inARow++;
                                }
                                super.failure();
                            }
                        }),
                FaultyBreakers.plain(
                        "OpenFromTheFirstFailure",
                        "K-3",
                        WRONG + "|" + LEFT,
                        "Counts the open duration from the first failure in a row.",
                        it -> new PlainBreaker(it) {
                            private long first;

                            @Override
                            protected void failure() {
                                if (inARow == 0) {
                                    first = time.nanoTime();
                                }
                                super.failure();
                            }

                            @Override
                            protected void trip() {
                                super.trip();
                                openUntil = first + config.openDuration().toNanos();
                            }
                        }),
                FaultyBreakers.plain(
                        "OpenFromTheBeginOfTheCall",
                        "K-3",
                        LEFT + "|" + WRONG,
                        "Counts the open duration from the begin of the call that failed.",
                        it -> new PlainBreaker(it) {
                            private long begun;

                            @Override
                            protected synchronized void ended(int period, @Nullable Throwable thrown, long start) {
                                begun = start;
                                super.ended(period, thrown, start);
                            }

                            @Override
                            protected void trip() {
                                super.trip();
                                openUntil = begun + config.openDuration().toNanos();
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusalsProlongTheOpening",
                        "K-3",
                        WRONG + "|" + LEFT,
                        "Starts the open duration anew with each call that it refuses.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected CircuitOpenException refusal() {
                                if (state == BreakerState.OPEN) {
                                    openUntil = time.nanoTime()
                                            + config.openDuration().toNanos();
                                }
                                return super.refusal();
                            }
                        }),
                FaultyBreakers.plain(
                        "LateFailuresProlongTheOpening",
                        "K-3",
                        WRONG + "|" + LEFT,
                        "Opens anew with every failure that comes back when it is open.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean counts(int begun) {
                                return super.counts(begun) || state == BreakerState.OPEN;
                            }

                            @Override
                            protected void failure() {
                                if (state == BreakerState.OPEN) {
                                    trip();
                                } else {
                                    super.failure();
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "OpenDurationInWholeSeconds",
                        "K-3",
                        WRONG + "|" + LEFT,
                        "Keeps the open duration in seconds.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void trip() {
                                super.trip();
                                openUntil = time.nanoTime()
                                        + Duration.ofSeconds(
                                                        config.openDuration().toSeconds() + 1)
                                                .toNanos();
                            }
                        }),
                FaultyBreakers.plain(
                        "StateIsLazy",
                        "K-3",
                        WRONG,
                        "Says that it is open until a call finds out that it is not.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public synchronized BreakerState state() {
                                return state;
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusalNamesNobody",
                        "K-3",
                        "does not name the breaker",
                        "Does not say which breaker refused a call.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected CircuitOpenException refusal() {
                                return new CircuitOpenException("The circuit is open", left());
                            }
                        }),
                FaultyBreakers.plain(
                        "AlwaysTheWholeDuration",
                        "K-3",
                        LEFT,
                        "Says to try again after the whole open duration, whatever has passed of it.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected Duration left() {
                                return state == BreakerState.OPEN ? config.openDuration() : Duration.ZERO;
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusalsAreNotCounted",
                        "K-3",
                        "metrics are",
                        "Leaves refused calls out of its figures.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public synchronized BreakerMetrics metrics() {
                                BreakerMetrics all = super.metrics();
                                return new BreakerMetrics(
                                        all.state(), all.failures(), all.succeeded(), all.failed(), 0, all.openings());
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusalsCountAsFailures",
                        "K-3",
                        "metrics are",
                        "Counts a refused call among the failed ones.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected CircuitOpenException refusal() {
                                failed++;
                                return super.refusal();
                            }
                        }));
    }
}
