package org.brokertck.tck.faulty.breaker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.jspecify.annotations.Nullable;

/** What comes out of a call, and what it counts for. */
@SuppressWarnings("OperatorPrecedence") // read as written
final class CallFaults {
    private static final String WRONG = "metrics are|state\\(\\) is|was (not )?let through";
    private static final String CAME_OUT = "came out";

    private CallFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBreakers.plain(
                        "ErrorsAreNotCounted",
                        "K-3",
                        WRONG,
                        "Catches exceptions, and not errors.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                if (!(thrown instanceof Error)) {
                                    super.ended(begun, thrown, start);
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "ThePredicateComesOut",
                        "K-3",
                        CAME_OUT,
                        "Lets what its predicate throws take the place of what the action threw.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isFailure(Throwable thrown) {
                                return config.failure().test(thrown);
                            }
                        }),
                FaultyBreakers.plain(
                        "CancelledIsInterrupted",
                        "K-3",
                        WRONG,
                        "Takes a cancelled call for one whose caller was interrupted.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isInterrupt(@Nullable Throwable thrown) {
                                return thrown instanceof CancellationException || super.isInterrupt(thrown);
                            }
                        }),
                FaultyBreakers.plain(
                        "AnyRefusalIsItsOwn",
                        "K-3",
                        "the metrics are",
                        "Counts nothing for a call that another breaker has refused.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                if (!(thrown instanceof CircuitOpenException)) {
                                    super.ended(begun, thrown, start);
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "WrapsWhatIsThrown",
                        "K-3",
                        CAME_OUT,
                        "Wraps checked exceptions in unchecked ones.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                try {
                                    return super.call(action);
                                } catch (RuntimeException e) {
                                    throw e;
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "RefusesInPlaceOfTheLastFailure",
                        "K-3",
                        CAME_OUT,
                        "Throws its own exception for the failure that opens it.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                long before = openings;
                                super.ended(begun, thrown, start);
                                if (openings > before) {
                                    throw new CircuitOpenException("Breaker " + name() + " has opened", left());
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "AnswersNullWhenOpen",
                        "K-3",
                        "ended with the result null",
                        "Returns nothing in place of refusing.",
                        it -> new PlainBreaker(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                try {
                                    return super.call(action);
                                } catch (CircuitOpenException e) {
                                    return null;
                                }
                            }
                        }),
                FaultyBreakers.plain(
                        "SlowCallsAreFine",
                        "K-3",
                        WRONG,
                        "Does not look at how long a call took.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isSlow(Duration taken) {
                                return false;
                            }
                        }),
                FaultyBreakers.plain(
                        "AsLongAsAllowedIsTooSlow",
                        "K-3",
                        WRONG,
                        "Compares with >= where > is due.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isSlow(Duration taken) {
                                return taken.compareTo(config.slowCall()) >= 0;
                            }
                        }),
                FaultyBreakers.plain(
                        "SlowAnswersAreThrownAway",
                        "K-3",
                        CAME_OUT,
                        "Throws a timeout where a call took too long and returned something.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                long start = time.nanoTime();
                                T result = super.call(action);
                                if (isSlow(Duration.ofNanos(time.nanoTime() - start))) {
                                    throw new TimeoutException("too slow");
                                }
                                return result;
                            }
                        }),
                FaultyBreakers.plain(
                        "SlowRefusalsAreFine",
                        "K-3",
                        WRONG,
                        "Does not look at how long a call took that ended with a harmless exception.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
                                super.ended(begun, thrown, thrown == null ? start : time.nanoTime());
                            }
                        }),
                FaultyBreakers.plain(
                        "EveryExceptionIsAFailure",
                        "K-3",
                        WRONG,
                        "Does not ask what counts as a failure.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isFailure(Throwable thrown) {
                                return true;
                            }
                        }),
                FaultyBreakers.plain(
                        "HarmlessExceptionsSayNothing",
                        "K-3",
                        WRONG,
                        "Ignores exceptions that are no failures, where they are successes.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isInterrupt(@Nullable Throwable thrown) {
                                return super.isInterrupt(thrown) || thrown != null && !isFailure(thrown);
                            }
                        }),
                FaultyBreakers.plain(
                        "InterruptsAreFailures",
                        "K-3",
                        WRONG,
                        "Counts an interrupted call as a failure.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isInterrupt(@Nullable Throwable thrown) {
                                return false;
                            }
                        }),
                FaultyBreakers.plain(
                        "AbortedCallsAreFailures",
                        "K-3",
                        WRONG,
                        "Knows InterruptedException only, and not the exception of this kit's contracts.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected boolean isInterrupt(@Nullable Throwable thrown) {
                                return super.isInterrupt(thrown) && !(thrown instanceof OperationInterruptedException);
                            }
                        }),
                FaultyBreakers.plain(
                        "InterruptsStartTheCountAnew",
                        "K-3",
                        WRONG,
                        "Forgets failures when a call is interrupted.",
                        it -> new PlainBreaker(it) {
                            @Override
                            protected void undecided() {
                                super.undecided();
                                inARow = 0;
                            }
                        }),
                FaultyBreakers.plain(
                        "HoldsItsLockDuringTheCall",
                        "K-3",
                        "did not return",
                        "Makes calls one at a time.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public synchronized <T extends @Nullable Object> T call(Callable<T> action)
                                    throws Exception {
                                return super.call(action);
                            }
                        }),
                FaultyBreakers.plain(
                        "CallsOnAnotherThread",
                        "K-3",
                        "on another thread",
                        "Makes calls on a pool of its own.",
                        it -> new PlainBreaker(it) {
                            @Override
                            public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
                                return super.call(() -> onAnotherThread(action));
                            }
                        }));
    }

    private static <T extends @Nullable Object> T onAnotherThread(Callable<T> action) throws Exception {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(action.call());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                },
                "faulty-breaker");
        thread.start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : e;
        }
    }
}
