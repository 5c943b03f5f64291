package org.brokertck.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import org.brokertck.api.message.Message;
import org.junit.jupiter.api.Test;

/** A dead letter tells of its last failure, in bounds. */
class DeadLetterTest {
    private static final int MOST = DeadLetter.MAX_FAILURE_TEXT;
    private static final String SMILE = "\uD83D\uDE00";

    private final Message message = Message.builder().id("a").maxRetries(2).build();

    private String kept(String text) {
        return new DeadLetter(message, 1, "T", text).failureText();
    }

    @Test
    void aShortTextIsKept() {
        assertThat(kept("")).isEmpty();
        assertThat(kept("x".repeat(MOST))).isEqualTo("x".repeat(MOST));
    }

    @Test
    void aLongTextIsCut() {
        assertThat(kept("x".repeat(MOST + 1))).isEqualTo("x".repeat(MOST));
    }

    @Test
    void noSurrogatePairIsCutInTwo() {
        assertThat(kept("x".repeat(MOST - 1) + SMILE)).isEqualTo("x".repeat(MOST - 1));
        assertThat(kept("x".repeat(MOST - 2) + SMILE)).isEqualTo("x".repeat(MOST - 2) + SMILE);
        assertThat(kept("x".repeat(MOST - 2) + SMILE + "x")).isEqualTo("x".repeat(MOST - 2) + SMILE);
        String cut = kept(SMILE.repeat(MOST));
        assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(cut);
    }

    @Test
    void itIsMadeFromTheLastAttempt() {
        DeadLetter letter = DeadLetter.of(message.withRetries(2), new IllegalStateException("why"));
        assertThat(letter)
                .isEqualTo(new DeadLetter(message.withRetries(2), 3, "java.lang.IllegalStateException", "why"));
    }

    @Test
    void aFailureWithoutATextHasAnEmptyOne() {
        assertThat(DeadLetter.of(message, new OutOfMemoryError()).failureText()).isEmpty();
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadLetter(message, 0, "T", ""))
                .withMessage("attempts is 0: a dead letter was attempted at least once");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadLetter(null, 1, "T", ""))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadLetter(message, 1, null, ""))
                .withMessage("failureType");
        assertThatNullPointerException()
                .isThrownBy(() -> new DeadLetter(message, 1, "T", null))
                .withMessage("failureText");
    }
}
