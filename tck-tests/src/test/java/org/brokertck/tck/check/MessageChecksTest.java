package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.tck.history.Histories.FAILURE;
import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.capacity;
import static org.brokertck.tck.history.Histories.deadLetter;
import static org.brokertck.tck.history.Histories.message;
import static org.brokertck.tck.history.Histories.produce;

import java.time.Instant;
import java.util.Map;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories in which messages are lost, invented, changed, parked and crowded, and in which they are not. */
class MessageChecksTest {
    private static final Histories.Event PRODUCED = produce("a").at(0, 1).ok();

    @Nested
    class OfNoLoss {
        private final Check<QueueHistory> check = new NoLoss();

        @Test
        void handledOrParked() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).succeeded(),
                            attempt("c", "b").at(4, 5).failed(),
                            deadLetter("b"))
                    .valid();
        }

        @Test
        void neverAttempted() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").at(2, 3).refused("full"),
                            produce("d").at(4, 5).ok(),
                            attempt("c", "d").at(6, 7).succeeded())
                    .invalid(
                            "1 of 2 produced messages were never settled, though the consumers ran on; the first is a, attempted 0 times",
                            "produce a");
        }

        @Test
        void failedAndForgotten() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 3).failed())
                    .invalid("the first is a, attempted 1 times", "produce a", "attempt a");
        }

        @Test
        void whatDidNotReturnNormallyMayBeAbsent() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).unknown(),
                            produce("b").at(0, 1).refused("full"),
                            produce("d").at(0, 1).pending())
                    .valid();
        }
    }

    @Nested
    class OfNoInvention {
        private final Check<QueueHistory> check = new NoInvention();

        @Test
        void whatWasProducedIsDelivered() {
            Judged.by(
                            check,
                            PRODUCED,
                            produce("b").at(0, 1).unknown(),
                            produce("d").maxRetries(1).at(0, 1).pending(),
                            attempt("c", "a").at(2, 3).succeeded(),
                            attempt("c", "b").at(2, 3).succeeded(),
                            attempt("c", "d").at(0, 3).failed(),
                            attempt("c", "d").at(4, 5).succeeded())
                    .valid();
        }

        @Test
        void nobodyProducedIt() {
            Judged.by(check, attempt("c", "x").at(2, 3).succeeded())
                    .invalid("a message was delivered that nobody produced: Message[id=x", "attempt x");
        }

        @Test
        void itWasRefused() {
            Judged.by(
                            check,
                            produce("a").at(0, 1).refused("full"),
                            attempt("c", "a").at(2, 3).succeeded())
                    .invalid("a was delivered, though its produce was refused", "produce a", "attempt a");
        }

        @Test
        void itCameBeforeItsProduceBegan() {
            Judged.by(
                            check,
                            produce("a").at(4, 5).ok(),
                            attempt("c", "a").at(2, 3).succeeded())
                    .invalid("a was delivered before it was produced", "produce a", "attempt a");
        }

        @Test
        void itCameWhileItsProduceRan() {
            Judged.by(
                            check,
                            produce("a").at(2, 5).ok(),
                            attempt("c", "a").at(2, 3).succeeded())
                    .valid();
        }

        @Test
        void aByteChanged() {
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a")
                                    .changed(it -> it.payload(new byte[] {'a', 0}))
                                    .at(2, 3)
                                    .succeeded())
                    .invalid(
                            "a was delivered changed: payload of 1 bytes came as 2 bytes, first different at byte 1",
                            "produce a",
                            "attempt a");
        }

        @Test
        void everyFieldButTheRetriesIsCompared() {
            assertThat(NoInvention.difference(
                            message("a"),
                            message("b").toBuilder()
                                    .topic("t2")
                                    .headers(Map.of("k", "v"))
                                    .timestamp(Instant.EPOCH)
                                    .maxRetries(4)
                                    .build()))
                    .isEqualTo(
                            "id was a and came as b; topic was topic and came as t2; headers was {} and came as {k=v}; "
                                    + "timestamp was 2026-01-02T03:04:05.678Z and came as 1970-01-01T00:00:00Z; "
                                    + "maxRetries was 0 and came as 4; payload of 1 bytes came as 1 bytes, first different at byte 0");
            assertThat(NoInvention.difference(message("a"), message("a").withRetries(7)))
                    .isEmpty();
        }

        @Test
        void longValuesAreCut() {
            assertThat(NoInvention.difference(
                            message("a"),
                            message("a").toBuilder().topic("t".repeat(300)).build()))
                    .isEqualTo("topic was topic and came as " + "t".repeat(200) + "…; ");
        }
    }

    @Nested
    class OfDeadLettersTell {
        private final Check<QueueHistory> check = new DeadLettersTell();
        private final Histories.Event failed = attempt("c", "a").at(2, 3).failed("text");

        @Test
        void theTruth() {
            Judged.by(check, PRODUCED, failed, deadLetter("a")).valid();
        }

        @Test
        void theWholeTruthAboutALongText() {
            String text = "x".repeat(DeadLetter.MAX_FAILURE_TEXT + 1);
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 3).failed(text), deadLetter("a"))
                    .valid();
        }

        @Test
        void nothingFromALongText() {
            String text = "x".repeat(DeadLetter.MAX_FAILURE_TEXT + 1);
            Judged.by(
                            check,
                            PRODUCED,
                            attempt("c", "a").at(2, 3).failed(text),
                            deadLetter(message("a"), 1, FAILURE, "x"))
                    .invalid("tells the failure '" + FAILURE + ": x'", "produce a", "attempt a");
        }

        @Test
        void nothingWhereTheLastPermittedAttemptStillRuns() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 3).running()).valid();
        }

        @Test
        void ofOneThatWasNeverParked() {
            Judged.by(check, PRODUCED, failed)
                    .invalid("a failed its last retry and is not among the dead letters", "attempt a");
        }

        @Test
        void ofOneTwice() {
            Judged.by(check, PRODUCED, failed, deadLetter("a"), deadLetter("a"))
                    .invalid("a is parked twice among the dead letters", "produce a", "attempt a");
        }

        @Test
        void ofOneThatHadAttemptsLeft() {
            Judged.by(check, produce("a").maxRetries(2).at(0, 1).ok(), failed, deadLetter("a"))
                    .invalid(
                            "the dead letter of a was parked though not all of its 3 permitted attempts had failed",
                            "produce a",
                            "attempt a");
        }

        @Test
        void ofOneThatSucceeded() {
            Judged.by(check, PRODUCED, attempt("c", "a").at(2, 3).succeeded(), deadLetter(message("a"), 1, FAILURE, ""))
                    .invalid("was parked though not all of its 1 permitted", "produce a", "attempt a");
        }

        @Test
        void ofOneThatNobodyKnows() {
            Judged.by(check, deadLetter(message("x"), 1, FAILURE, ""))
                    .invalid("the dead letter of x was never produced, or never attempted");
            Judged.by(check, PRODUCED, deadLetter(message("a"), 1, FAILURE, ""))
                    .invalid("the dead letter of a was never produced, or never attempted", "produce a");
        }

        @Test
        void ofAChangedOne() {
            Judged.by(
                            check,
                            PRODUCED,
                            failed,
                            deadLetter(message("a").toBuilder().topic("t2").build(), 1, FAILURE, "text"))
                    .invalid(
                            "differs from what was produced: topic was topic and came as t2", "produce a", "attempt a");
        }

        @Test
        void aWrongNumberOfAttempts() {
            Judged.by(check, PRODUCED, failed, deadLetter(message("a"), 2, FAILURE, "text"))
                    .invalid("says 2 attempts: there were 1", "produce a", "attempt a");
        }

        @Test
        void theFirstFailureAndNotTheLast() {
            Judged.by(
                            check,
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed("first"),
                            attempt("c", "a").at(4, 5).failed("last"),
                            deadLetter(
                                    message("a").toBuilder()
                                            .maxRetries(1)
                                            .retries(1)
                                            .build(),
                                    2,
                                    FAILURE,
                                    "first"))
                    .invalid(
                            "tells the failure '%s: first': the last one was '%s: last'".formatted(FAILURE, FAILURE),
                            "produce a",
                            "attempt a",
                            "attempt a");
        }
    }

    @Nested
    class OfDeadLettersTellTheirRetries {
        @Test
        void oneLessThanTheAttempts() {
            Judged.by(
                            new DeadLettersTell(),
                            produce("a").maxRetries(1).at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed("first"),
                            attempt("c", "a").at(4, 5).failed("last"),
                            deadLetter(message("a").toBuilder().maxRetries(1).build(), 2, FAILURE, "last"))
                    .invalid("carries retries=0 after 2 attempts", "produce a", "attempt a", "attempt a");
        }
    }

    @Nested
    class OfCapacityKept {
        private final Check<QueueHistory> check = new CapacityKept();

        @Test
        void fullAndNotMore() {
            Judged.by(
                            check,
                            capacity(2),
                            PRODUCED,
                            produce("b").at(2, 3).ok(),
                            attempt("c", "a").at(4, 5).succeeded(),
                            produce("d").at(4, 4).ok())
                    .valid();
        }

        @Test
        void oneTooMany() {
            Judged.by(
                            check,
                            capacity(2),
                            PRODUCED,
                            produce("b").at(2, 3).ok(),
                            produce("d").at(4, 5).ok(),
                            attempt("c", "a").at(6, 7).succeeded())
                    .invalid("3 messages were in a queue with a capacity of 2", "produce a", "produce b", "produce d");
        }

        @Test
        void onlyWhatReturnedCountsAsInside() {
            Judged.by(
                            check,
                            capacity(1),
                            PRODUCED,
                            produce("b").at(2, 3).unknown(),
                            produce("d").at(2, 3).pending(),
                            produce("e").at(2, 3).refused("full"))
                    .valid();
        }

        @Test
        void whatIsAttemptedBeforeItsProduceReturnsMakesNoRoomForOthers() {
            Judged.by(
                            check,
                            capacity(1),
                            produce("a").at(0, 9).ok(),
                            attempt("c", "a").at(1, 2).running(),
                            produce("b").at(3, 4).ok(),
                            produce("d").at(5, 6).ok())
                    .invalid("2 messages were in a queue with a capacity of 1", "produce a", "produce b", "produce d");
        }

        @Test
        void aRetryMakesNoRoomAgain() {
            Judged.by(
                            check,
                            capacity(1),
                            produce("a").maxRetries(3).at(0, 1).ok(),
                            attempt("c", "a").at(2, 3).failed(),
                            attempt("c", "a").at(4, 5).failed(),
                            produce("b").at(6, 7).ok(),
                            produce("d").at(8, 9).ok())
                    .invalid("2 messages were in", "produce a", "produce b", "produce d");
        }
    }
}
