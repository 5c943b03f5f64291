package org.brokertck.tck.check;

import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.consumer;
import static org.brokertck.tck.history.Histories.deadLetter;
import static org.brokertck.tck.history.Histories.produce;

import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories in and out of order. */
class OrderChecksTest {
    @Nested
    class OfFirstInFirstOut {
        private final Check<QueueHistory> check = new FirstInFirstOut();

        @Test
        void theOrderOfTheProduceCallsIsKept() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "a").at(4, 5).succeeded(),
                            attempt("c", "b").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void aLaterMessageIsAttemptedFirst() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 5).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .invalid(
                            "a was attempted after b, though its produce had returned 1.000 ms before the other began",
                            "produce a",
                            "produce b",
                            "attempt b",
                            "attempt a");
        }

        @Test
        void producesThatOverlapComeInEitherOrder() {
            Judged.by(
                            check,
                            produce("a").at(0, 3).ok(),
                            produce("b").at(2, 4).ok(),
                            attempt("c", "b").at(5, 6).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void producesThatTouchComeInEitherOrder() {
            Judged.by(
                            check,
                            produce("a").at(0, 2).ok(),
                            produce("b").at(2, 4).ok(),
                            attempt("c", "b").at(5, 6).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void anOverlapOfAllWithOneDoesNotExcuseTheOthers() {
            Judged.by(
                            check,
                            produce("long").at(0, 9).ok(),
                            produce("a").at(1, 2).ok(),
                            produce("b").at(3, 4).ok(),
                            attempt("c", "b").at(5, 6).succeeded(),
                            attempt("c", "long").at(6, 7).succeeded(),
                            attempt("c", "a").at(7, 8).succeeded())
                    .invalid("a was attempted after b", "produce a", "produce b", "attempt b", "attempt a");
        }

        @Test
        void aRetryMayBeOvertaken() {
            Judged.by(
                            check,
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "a").at(4, 5).failed(),
                            attempt("c", "b").at(6, 7).succeeded(),
                            attempt("c", "a").at(8, 9).succeeded())
                    .valid();
        }

        @Test
        void anUncertainMessageMayComeLate() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).unknown(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 5).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void anUncertainMessageMustNotOvertake() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).unknown(),
                            attempt("c", "b").at(4, 5).succeeded(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .invalid("a was attempted after b", "produce a", "produce b", "attempt b", "attempt a");
        }

        @Test
        void attemptsThatStartAtOneReadingOfTheClockHaveNoOrder() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 4).succeeded(),
                            attempt("c", "a").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void whatNobodyProducedIsNotItsSubject() {
            Judged.by(check, attempt("c", "x").at(4, 5).succeeded()).valid();
        }
    }

    @Nested
    class OfLinearizableHandOff {
        private final Check<QueueHistory> check = new LinearizableHandOff();

        @Test
        void twoConsumersMayStartInEitherOrderWhileBothAreFree() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c2", "b").at(4, 5).succeeded(),
                            attempt("c1", "a").at(6, 7).succeeded())
                    .valid();
        }

        @Test
        void aConsumerThatWasBusyCannotHaveTakenTheFirst() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c2", "b").at(4, 5).succeeded(),
                            attempt("c1", "a").freeSince(5).at(6, 7).succeeded())
                    .invalid(
                            "a was taken after b, which was put entirely later",
                            "produce a",
                            "produce b",
                            "attempt b",
                            "attempt a");
        }

        @Test
        void aMessageThatIsPassedOver() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 5).succeeded())
                    .invalid(
                            "a was not taken, unlike b, which was put entirely later",
                            "produce a",
                            "produce b",
                            "attempt b");
        }

        @Test
        void anUncertainMessageMayBePassedOver() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).unknown(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void anUncertainMessageMayComeLate() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).unknown(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "b").at(4, 5).succeeded(),
                            attempt("c", "a").at(8, 9).succeeded())
                    .valid();
        }

        @Test
        void aMessageThatIsAttemptedTwice() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            attempt("c1", "a").at(2, 3).succeeded(),
                            attempt("c2", "a").at(4, 5).succeeded())
                    .invalid("a was taken twice", "produce a", "attempt a", "attempt a");
        }

        @Test
        void aRefusedMessage() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).refused("full"),
                            attempt("c", "a").at(2, 3).succeeded())
                    .invalid("a was taken and never put", "produce a", "attempt a");
        }

        @Test
        void aMessageBeforeItsTime() {
            Judged.by(
                            check,
                            produce("a").at(4, 5).ok(),
                            attempt("c", "a").at(2, 3).succeeded())
                    .invalid("a was taken before it was put", "produce a", "attempt a");
        }

        @Test
        void aMessageMayBeAttemptedBeforeItsProduceReturns() {
            Judged.by(
                            check,
                            produce("a").at(0, 9).pending(),
                            consumer("c", 0),
                            attempt("c", "a").at(2, 3).succeeded())
                    .valid();
        }
    }

    @Nested
    class OfDeadLetterOrder {
        private final Check<QueueHistory> check = new DeadLetterOrder();

        @Test
        void theOrderOfParkingIsKept() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "a").at(4, 5).failed(),
                            attempt("c", "b").at(6, 7).failed(),
                            deadLetter("a"),
                            deadLetter("b"))
                    .valid();
        }

        @Test
        void theLaterParkedIsListedFirst() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(2, 3).ok(),
                            attempt("c", "a").at(4, 5).failed(),
                            attempt("c", "b").at(6, 7).failed(),
                            deadLetter("b"),
                            deadLetter("a"))
                    .invalid(
                            "a is listed after b, though it was parked before it",
                            "produce a",
                            "produce b",
                            "attempt a",
                            "attempt b");
        }

        @Test
        void consumersThatBothHandleNothingMoreMayHaveParkedInEitherOrder() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(0, 1).ok(),
                            attempt("c1", "a").at(2, 3).failed(),
                            attempt("c2", "b").at(4, 5).failed(),
                            deadLetter("b"),
                            deadLetter("a"))
                    .valid();
        }

        @Test
        void theLastAttemptCounts() {
            Judged.by(
                            check,
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            produce("b").at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "b").at(4, 5).failed(),
                            attempt("c", "a").at(6, 7).failed(),
                            deadLetter("b"),
                            deadLetter("a"))
                    .valid();
        }

        @Test
        void oneOutOfPlaceAmongMany() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).ok(),
                            produce("b").at(0, 1).ok(),
                            produce("d").at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "b").at(4, 5).failed(),
                            attempt("c", "d").at(6, 7).failed(),
                            deadLetter("a"),
                            deadLetter("d"),
                            deadLetter("b"))
                    .invalid("b is listed after d", "produce b", "produce d", "attempt b", "attempt d");
        }
    }
}
