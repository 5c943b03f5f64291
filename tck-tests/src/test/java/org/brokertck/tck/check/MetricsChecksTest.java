package org.brokertck.tck.check;

import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.close;
import static org.brokertck.tck.history.Histories.deadLetter;
import static org.brokertck.tck.history.Histories.drainTimeout;
import static org.brokertck.tck.history.Histories.metrics;
import static org.brokertck.tck.history.Histories.produce;
import static org.brokertck.tck.history.Histories.unsettled;

import java.time.Duration;
import org.brokertck.api.ClosedException;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories in which the counters tell the truth and in which they do not, and closings. */
class MetricsChecksTest {
    private static final Histories.Event PRODUCED = produce("a").at(0, 1).ok();

    @Nested
    class OfMetricsConsistent {
        private final Check<QueueHistory> check = new MetricsConsistent();

        @Test
        void countersOnTheirWay() {
            Judged.by(
                            check,
                            metrics(0, 0, 0, 0, 0, 0, 0),
                            PRODUCED,
                            metrics(1, 2, 1, 0, 0, 0, 0),
                            attempt("c", "a").at(3, 5).failed(),
                            metrics(4, 4, 1, 0, 0, 1, 0),
                            metrics(5, 6, 1, 0, 1, 0, 1))
                    .valid();
        }

        @Test
        void aCounterMayLagBehindTheHandler() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(3, 5).succeeded(),
                            metrics(6, 7, 1, 0, 0, 1, 0),
                            metrics(8, 9, 1, 1, 0, 0, 0))
                    .valid();
        }

        @Test
        void negative() {
            Judged.by(check, metrics(0, 1, 0, 0, 0, -1, 0)).invalid("a counter is negative", "metrics");
        }

        @Test
        void countedTwice() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 3).failed(), metrics(4, 5, 1, 0, 1, 1, 1))
                    .invalid("consumed + deadLetters + inFlight is more than produced", "metrics");
        }

        @Test
        void producedTooFew() {
            Judged.by(check, PRODUCED, metrics(2, 3, 0, 0, 0, 0, 0))
                    .invalid("produced is 0, where by then it was from 1 to 1", "metrics");
        }

        @Test
        void producedTooMany() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").at(0, 1).unknown(),
                            produce("d").at(0, 1).refused("full"),
                            metrics(2, 3, 3, 0, 0, 0, 0))
                    .invalid("produced is 3, where by then it was from 1 to 2", "metrics");
        }

        @Test
        void anUncertainProduceCountsOrNot() {
            Judged.by(
                            check,
                            produce("b").at(0, 1).unknown(),
                            produce("d").at(0, 1).pending(),
                            metrics(2, 3, 0, 0, 0, 0, 0),
                            metrics(4, 5, 2, 0, 0, 0, 0))
                    .valid();
        }

        @Test
        void consumedBeforeTheHandlerReturned() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 9).succeeded(), metrics(3, 4, 1, 1, 0, 0, 0))
                    .invalid("consumed is 1, where by then it was from 0 to 0", "metrics");
        }

        @Test
        void deadBeforeTheLastRetryFailed() {
            Judged.by(
                            check,
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed(),
                            metrics(4, 5, 1, 0, 1, 0, 1),
                            attempt("c", "a").at(6, 7).failed())
                    .invalid("deadLetters is 1, where by then it was from 0 to 0", "metrics");
        }

        @Test
        void moreInFlightThanConsumers() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").at(0, 1).ok(),
                            attempt("c", "a").at(2, 2).running(),
                            metrics(3, 4, 2, 0, 0, 2, 0))
                    .invalid("inFlight is 2, where by then it was from 0 to 1", "metrics");
        }

        @Test
        void goingDown() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 3).succeeded(),
                            metrics(4, 5, 1, 1, 0, 0, 0),
                            metrics(6, 7, 1, 0, 0, 0, 0))
                    .invalid("consumed went down from 1 to 0", "metrics", "metrics");
        }
    }

    @Nested
    class OfMetricsExact {
        private final Check<QueueHistory> check = new MetricsExact();

        @Test
        void everythingIsCounted() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").maxRetries(1).at(0, 1).ok(),
                            produce("d").at(0, 1).refused("full"),
                            attempt("c", "a").at(2, 3).succeeded(),
                            attempt("c", "b").at(4, 5).failed(),
                            attempt("c", "b").at(6, 7).failed(),
                            deadLetter("b"),
                            metrics(8, 9, 2, 1, 2, 0, 1))
                    .valid();
        }

        @Test
        void onlyTheLastSampleCounts() {
            Judged.by(
                            check,
                            PRODUCED,
                            metrics(1, 1, 1, 0, 0, 0, 0),
                            attempt("c", "a").at(2, 3).succeeded(),
                            metrics(4, 5, 1, 1, 0, 0, 0))
                    .valid();
        }

        @Test
        void aFailureIsForgotten() {
            Judged.by(
                            check,
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).succeeded(),
                            metrics(6, 7, 1, 1, 0, 0, 0))
                    .invalid(
                            "at rest the metrics say QueueMetrics[produced=1, consumed=1, failed=0, inFlight=0, deadLetters=0]"
                                    + " where QueueMetrics[produced=1, consumed=1, failed=1, inFlight=0, deadLetters=0]"
                                    + " happened",
                            "metrics");
        }

        @Test
        void unknownOutcomesTellNothing() {
            Judged.by(check, produce("a").at(0, 1).unknown(), metrics(2, 3, 0, 0, 0, 0, 0))
                    .inconclusive("the outcome of a produce is unknown");
            Judged.by(check, produce("a").at(0, 1).pending(), metrics(2, 3, 0, 0, 0, 0, 0))
                    .inconclusive("the outcome of a produce is unknown");
        }

        @Test
        void unrestTellsNothing() {
            Judged.by(check, PRODUCED, metrics(2, 3, 1, 0, 0, 0, 0)).inconclusive("never came to rest");
            Judged.by(check, unsettled(), metrics(2, 3, 0, 0, 0, 0, 0)).inconclusive("never came to rest");
            Judged.by(check).inconclusive("no final figures");
        }
    }

    @Nested
    class OfGracefulClose {
        private final Check<QueueHistory> check = new GracefulClose(Duration.ofMillis(10));

        @Test
        void theRunningHandlerFinishesAndCounts() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 8).succeeded(),
                            close(4, 9),
                            metrics(10, 11, 1, 1, 0, 0, 0))
                    .valid();
        }

        @Test
        void itsFailureIsNotCounted() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 8).failed(), close(4, 9), metrics(10, 11, 1, 0, 0, 0, 0))
                    .invalid("failed is 0 after the close, where it must be from 1 to 1", "metrics");
        }

        @Test
        void itsSuccessIsCountedTwice() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 8).succeeded(),
                            close(4, 9),
                            metrics(10, 11, 1, 2, 0, 0, 0))
                    .invalid("consumed is 2 after the close, where it must be from 1 to 1", "metrics");
        }

        @Test
        void closeDoesNotWait() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 20).succeeded(),
                            drainTimeout(100),
                            close(4, 9),
                            metrics(10, 11, 1, 0, 0, 0, 0))
                    .invalid(
                            "close returned after 5.0 ms, while a handler was running and 95.0 ms of the drain timeout were left",
                            "attempt a");
        }

        @Test
        void closeWaitsTooLong() {
            Judged.by(check, drainTimeout(100), close(0, 111), metrics(112, 113, 0, 0, 0, 0, 0))
                    .invalid("close took 111.0 ms with a drain timeout of 100.0 ms");
        }

        @Test
        void closeMayLeaveAHandlerBehindWhenTheDrainTimeoutIsOver() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 200).failed(),
                            drainTimeout(100),
                            close(4, 105),
                            metrics(106, 107, 1, 0, 0, 0, 0))
                    .valid();
        }

        @Test
        void whatEndsAsItIsInterruptedCountsOrNot() {
            Histories.Event interrupted = attempt("c", "a").at(2, 105).failed();
            Judged.by(check, PRODUCED, interrupted, drainTimeout(100), close(4, 106), metrics(107, 107, 1, 0, 0, 0, 0))
                    .valid();
            Judged.by(check, PRODUCED, interrupted, drainTimeout(100), close(4, 106), metrics(107, 107, 1, 0, 1, 0, 0))
                    .valid();
        }

        @Test
        void aHandlerStartsAfterTheClose() {
            Judged.by(
                            check,
                            PRODUCED,
                            close(4, 9),
                            attempt("c", "a").at(11, 12).succeeded(),
                            metrics(13, 14, 1, 0, 0, 0, 0))
                    .invalid("a handler started 2.000 ms after close had returned", "attempt a");
        }

        @Test
        void whatWasNotClosedOrNotMeasuredTellsNothing() {
            Judged.by(check, metrics(13, 14, 0, 0, 0, 0, 0)).inconclusive("close was not called");
            Judged.by(check, close(4, 9)).inconclusive("no metrics were read after the close");
            Judged.by(check, metrics(3, 4, 0, 0, 0, 0, 0), close(4, 9))
                    .inconclusive("no metrics were read after the close");
        }
    }

    @Nested
    class OfClosedRefuses {
        private final Check<QueueHistory> check = new ClosedRefuses();
        private final String closed = ClosedException.class.getName() + ": the queue is closed";

        @Test
        void refusedAfterTheClose() {
            Judged.by(check, close(4, 9), produce("a").at(10, 11).refused(closed))
                    .valid();
        }

        @Test
        void takenWhileTheCloseRan() {
            Judged.by(
                            check,
                            close(4, 9),
                            produce("a").at(5, 12).ok(),
                            produce("b").at(9, 12).ok())
                    .valid();
        }

        @Test
        void takenAfterTheClose() {
            Judged.by(check, close(4, 9), produce("a").at(10, 11).ok())
                    .invalid("produce of a after close had returned ended as OK", "produce a");
        }

        @Test
        void refusedForAnotherReason() {
            Judged.by(check, close(4, 9), produce("a").at(10, 11).refused("java.lang.IllegalStateException: closed"))
                    .invalid("ended as REFUSED java.lang.IllegalStateException: closed", "produce a");
        }

        @Test
        void neverClosed() {
            Judged.by(check, PRODUCED).valid();
        }
    }
}
