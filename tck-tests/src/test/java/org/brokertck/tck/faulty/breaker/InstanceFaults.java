package org.brokertck.tck.faulty.breaker;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.brokertck.tck.faulty.breaker.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Arguments, threads and names. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        Map<String, CircuitBreaker> shared = new ConcurrentHashMap<>();
        return List.of(
                FaultyBreakers.plain(
                        "FailuresStickToThreads",
                        "K-3",
                        "was not let through where it is due|came out of the breaker",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainBreaker(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                return refusals.call(() -> super.call(action));
                            }
                        }),
                FaultyBreakers.plain(
                        "NoActionIsAFailure",
                        "G-1",
                        "does not name the argument|metrics are",
                        "Finds out that there is no action when it calls it, and counts that.",
                        it -> new PlainBreaker(it) {
                            @Override
                            @SuppressWarnings({"NullAway", "UnnecessaryLambda"}) // that is the fault
                            public <T extends @Nullable Object> T call(@Nullable Callable<T> action) throws Exception {
                                Callable<T> real = () -> action.call();
                                return super.call(real);
                            }
                        }),
                FaultyBreakers.plain(
                        "NoActionIsAnswered",
                        "G-1",
                        "was accepted",
                        "Answers null where there is no action.",
                        it -> new PlainBreaker(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public <T extends @Nullable Object> T call(@Nullable Callable<T> action) throws Exception {
                                return action == null ? null : super.call(action);
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusesNoActionWithoutAName",
                        "G-1",
                        "does not name the argument",
                        "Does not say what was null.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public <T extends @Nullable Object> T call(@Nullable Callable<T> action) throws Exception {
                                if (action == null) {
                                    throw new NullPointerException();
                                }
                                return super.call(action);
                            }
                        }),
                FaultyBreakers.plain(
                        "CountsWithoutALock",
                        "G-4",
                        "saw .* of their own calls",
                        "Counts calls that end at the same time as one.",
                        it -> new PlainBreaker(it) {
                            private long ends;

                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                super.ended(begun, thrown, start);
                            }

                            @Override
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                try {
                                    return super.call(action);
                                } finally {
                                    long before = ends;
                                    Thread.yield();
                                    ends = before + 1;
                                }
                            }

                            @Override
                            public synchronized BreakerMetrics metrics() {
                                BreakerMetrics all = super.metrics();
                                long lost = Math.max(0, all.succeeded() + all.failed() + all.refused() - ends);
                                return new BreakerMetrics(
                                        all.state(),
                                        all.failures(),
                                        all.succeeded() - lost,
                                        all.failed(),
                                        all.refused(),
                                        all.openings());
                            }
                        }),
                Fault.of(
                        "SharesByNameWithoutCase",
                        "G-11",
                        "metrics are|is called|was not let through",
                        "Keeps breakers by their names in small letters.",
                        () -> PlainTarget.of(
                                "SharesByNameWithoutCase",
                                it -> shared.computeIfAbsent(
                                        it.name().toLowerCase(Locale.ROOT), name -> new PlainBreaker(it)))),
                FaultyBreakers.plain(
                        "FiguresOfAllBreakers",
                        "G-11",
                        "metrics are",
                        "Counts the failed calls of all breakers together.",
                        it -> new CountsTogether(it)));
    }

    private static final class CountsTogether extends PlainBreaker {
        private static final Map<BreakerState, Long> FAILED = new ConcurrentHashMap<>();

        CountsTogether(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void failure() {
            super.failure();
            FAILED.merge(BreakerState.CLOSED, 1L, Long::sum);
        }

        @Override
        public synchronized BreakerMetrics metrics() {
            BreakerMetrics own = super.metrics();
            return new BreakerMetrics(
                    own.state(),
                    own.failures(),
                    own.succeeded(),
                    FAILED.getOrDefault(BreakerState.CLOSED, 0L),
                    own.refused(),
                    own.openings());
        }
    }
}
