package org.brokertck.tck.check;

import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.backoff;
import static org.brokertck.tck.history.Histories.consumerClosed;
import static org.brokertck.tck.history.Histories.produce;

import java.time.Duration;
import org.brokertck.api.queue.Backoff;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories of attempts as they should be, and not. */
class AttemptChecksTest {
    private static Histories.Event oneProduced(int maxRetries) {
        return produce("a").maxRetries(maxRetries).at(0, 1).ok();
    }

    @Nested
    class OfOneAtATime {
        private final Check<QueueHistory> check = new OneAtATime();

        @Test
        void oneAfterTheOther() {
            Judged.by(
                            check,
                            attempt("c", "a").at(0, 1).succeeded(),
                            attempt("c", "b").at(1, 2).succeeded())
                    .valid();
        }

        @Test
        void twoConsumersAtOnce() {
            Judged.by(
                            check,
                            attempt("c1", "a").at(0, 5).succeeded(),
                            attempt("c2", "b").at(1, 2).succeeded())
                    .valid();
        }

        @Test
        void oneConsumerTwiceAtOnce() {
            Judged.by(
                            check,
                            attempt("c", "a").at(0, 5).succeeded(),
                            attempt("c", "b").at(1, 2).succeeded())
                    .invalid(
                            "the handler of c was called with b while it was still busy with a",
                            "attempt a",
                            "attempt b");
        }

        @Test
        void oneMoreWhileAHandlerHangs() {
            Judged.by(
                            check,
                            attempt("c", "a").at(0, 0).running(),
                            attempt("c", "b").at(1, 2).succeeded())
                    .invalid("still busy with a", "attempt a", "attempt b");
        }

        @Test
        void anAttemptThatTookNoTimeByTheClock() {
            Judged.by(
                            check,
                            attempt("c", "b").at(1, 2).succeeded(),
                            attempt("c", "a").at(1, 1).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfOneSuccess {
        private final Check<QueueHistory> check = new OneSuccess();

        @Test
        void failuresAndThenOneSuccess() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c1", "a").at(2, 3).failed(),
                            attempt("c2", "a").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void twoSuccesses() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c1", "a").at(2, 3).succeeded(),
                            attempt("c2", "a").at(4, 5).succeeded())
                    .invalid("a was handled successfully 2 times", "attempt a", "attempt a");
        }

        @Test
        void twoHoldersAtOnce() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c1", "a").at(2, 5).failed(),
                            attempt("c2", "a").at(4, 6).succeeded())
                    .invalid("a was handed to c2 while c1 was still handling it", "attempt a", "attempt a");
        }

        @Test
        void aSecondHolderWhileTheFirstHangs() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c1", "a").at(2, 2).running(),
                            attempt("c2", "a").at(4, 6).failed())
                    .invalid("a was handed to c2 while c1 was still handling it", "attempt a", "attempt a");
        }

        @Test
        void differentMessagesAtOnce() {
            Judged.by(
                            check,
                            attempt("c1", "a").at(2, 5).succeeded(),
                            attempt("c2", "b").at(2, 5).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfNothingAfterSuccess {
        private final Check<QueueHistory> check = new NothingAfterSuccess();

        @Test
        void successEndsIt() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void oneMoreAfterTheSuccess() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).succeeded(),
                            attempt("c", "a").at(4, 5).failed())
                    .invalid("a was attempted again after it had been handled successfully", "attempt a", "attempt a");
        }

        @Test
        void anAttemptThatBeganBeforeTheSuccessIsAnotherRulesSubject() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c1", "a").at(2, 5).succeeded(),
                            attempt("c2", "a").at(4, 9).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfAttemptLimit {
        private final Check<QueueHistory> check = new AttemptLimit();

        @Test
        void allPermittedAttemptsFail() {
            Judged.by(
                            check,
                            oneProduced(1),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).failed())
                    .valid();
        }

        @Test
        void theLargestNumberOfRetriesIsNotNegative() {
            Judged.by(
                            check,
                            oneProduced(Integer.MAX_VALUE),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void theLastPermittedAttemptSucceeds() {
            Judged.by(
                            check,
                            oneProduced(1),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void oneTooMany() {
            Judged.by(
                            check,
                            oneProduced(0),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).succeeded())
                    .invalid("a with maxRetries=0 was attempted 2 times: 1 are allowed", "attempt a", "attempt a");
        }

        @Test
        void givenUpTooSoon() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).failed())
                    .invalid(
                            "a with maxRetries=2 was given up after 2 failed attempts: 3 are due",
                            "attempt a",
                            "attempt a");
        }

        @Test
        void nobodyHasGivenUpWhileAHandlerRuns() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 2).running(),
                            attempt("d", "a").at(4, 5).failed())
                    .valid();
        }
    }

    @Nested
    class OfRetriesCounted {
        private final Check<QueueHistory> check = new RetriesCounted();

        @Test
        void countedFromZero() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("d", "a").at(4, 5).failed(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void countedFromOne() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").retries(1).at(2, 3).succeeded())
                    .invalid("attempt 0 (from 0) at a carried retries=1", "attempt a");
        }

        @Test
        void forgottenOnTheWay() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").retries(0).at(4, 5).succeeded())
                    .invalid("attempt 1 (from 0) at a carried retries=0", "attempt a", "attempt a");
        }

        @Test
        void changedByTheRetry() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a")
                                    .changed(it -> it.topic("t2"))
                                    .at(4, 5)
                                    .succeeded())
                    .invalid(
                            "attempt 1 (from 0) at a carried a changed message: topic was topic and came as t2",
                            "attempt a",
                            "attempt a");
        }

        @Test
        void attemptsThatTookNoTimeByTheClock() {
            Judged.by(
                            check,
                            oneProduced(2),
                            attempt("c", "a").at(2, 2).failed(),
                            attempt("c", "a").at(2, 2).failed(),
                            attempt("c", "a").at(2, 3).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfBackoffBounds {
        private final Check<QueueHistory> notTooSoon = BackoffBounds.notTooSoon();
        private final Check<QueueHistory> notTooLate = BackoffBounds.notTooLate(Duration.ofMillis(5));
        private final Histories.Event growing =
                backoff(Backoff.exponential(Duration.ofMillis(10), 2, Duration.ofMillis(30)));

        private Histories.Event[] retriedAfter(Histories.Event backoff, int first, int second, int third) {
            return new Histories.Event[] {
                backoff,
                oneProduced(3),
                attempt("c", "a").at(0, 5).failed(),
                attempt("c", "a").at(5 + first, 100).failed(),
                attempt("c", "a").at(100 + second, 200).failed(),
                attempt("c", "a").at(200 + third, 300).succeeded()
            };
        }

        @Test
        void onTime() {
            Judged.by(notTooSoon, retriedAfter(growing, 10, 20, 30)).valid();
            Judged.by(notTooLate, retriedAfter(growing, 10, 20, 30)).valid();
        }

        @Test
        void aMillisecondOfTheClockIsGranted() {
            Judged.by(notTooSoon, retriedAfter(growing, 9, 19, 29)).valid();
        }

        @Test
        void theToleranceIsGranted() {
            Judged.by(notTooLate, retriedAfter(growing, 15, 25, 35)).valid();
        }

        @Test
        void theSecondRetryIsTooSoon() {
            Judged.by(notTooSoon, retriedAfter(growing, 10, 18, 30))
                    .invalid(
                            "attempt 2 at a started 18.000 ms after attempt 1 failed: it was due no sooner than 19.000 ms",
                            "attempt a",
                            "attempt a");
        }

        @Test
        void theCapIsForgotten() {
            Judged.by(notTooLate, retriedAfter(growing, 10, 20, 40))
                    .invalid(
                            "attempt 3 at a started 40.000 ms after attempt 2 failed: it was due no later than 35.000 ms",
                            "attempt a",
                            "attempt a");
        }

        @Test
        void jitterTakesOffButAddsNothing() {
            Histories.Event half = backoff(new Backoff(Duration.ofMillis(10), 2, Duration.ofMillis(30), 0.5));
            Judged.by(notTooSoon, retriedAfter(half, 5, 10, 15)).valid();
            Judged.by(notTooSoon, retriedAfter(half, 3, 10, 15)).invalid("no sooner than 4.000 ms", two());
            Judged.by(notTooLate, retriedAfter(half, 16, 20, 30)).invalid("no later than 15.000 ms", two());
        }

        private static String[] two() {
            return new String[] {"attempt a", "attempt a"};
        }

        @Test
        void whatDidNotFailWaitsForNothing() {
            Judged.by(
                            notTooSoon,
                            growing,
                            oneProduced(3),
                            attempt("c", "a").at(0, 5).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfGoneForGood {
        private final Check<QueueHistory> check = new GoneForGood();

        @Test
        void nothingComesAfterTheClose() {
            Judged.by(
                            check,
                            consumerClosed("c", 4, 9),
                            attempt("c", "a").at(5, 8).succeeded(),
                            attempt("d", "b").at(20, 21).succeeded())
                    .valid();
        }

        @Test
        void aHandlerMayStillRunWhenTheDrainTimeoutIsOver() {
            Judged.by(
                            check,
                            consumerClosed("c", 4, 9),
                            attempt("c", "a").at(5, 80).succeeded())
                    .valid();
        }

        @Test
        void oneMoreComesAfterTheClose() {
            Judged.by(
                            check,
                            consumerClosed("c", 4, 9),
                            attempt("c", "a").at(5, 8).succeeded(),
                            attempt("c", "b").at(11, 12).succeeded())
                    .invalid("c was given b 2.000 ms after its close had returned", "consumer c", "attempt b");
        }
    }

    @Nested
    class OfDuplicatesBounded {
        private Histories.Event[] successes(int a, int b) {
            Histories.Event[] events = new Histories.Event[a + b];
            for (int i = 0; i < a + b; i++) {
                events[i] = attempt("c", i < a ? "a" : "b").at(i, i).succeeded();
            }
            return events;
        }

        @Test
        void asManyAsTheFaultsCanHaveCaused() {
            Judged.by(new DuplicatesBounded(3), successes(3, 2)).valid();
            Judged.by(new DuplicatesBounded(0), successes(1, 1)).valid();
            Judged.by(new DuplicatesBounded(0), successes(0, 0)).valid();
        }

        @Test
        void oneMore() {
            Judged.by(new DuplicatesBounded(2), successes(3, 2))
                    .invalid(
                            "3 messages were handled again after a success, where faults struck 2 running handlers",
                            "attempt a",
                            "attempt a",
                            "attempt a",
                            "attempt b",
                            "attempt b");
        }

        @Test
        void failuresAreNoDuplicates() {
            Judged.by(
                            new DuplicatesBounded(0),
                            attempt("c", "a").at(0, 1).failed(),
                            attempt("c", "a").at(2, 3).succeeded(),
                            attempt("c", "a").at(4, 5).failed())
                    .valid();
        }
    }
}
