package org.brokertck.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

/** What was thrown is told in words that can be stored, whatever it is. */
class FailureTest {
    @Test
    void tellsTypeAndText() {
        assertThat(Failure.of(new IllegalStateException("no stock")))
                .isEqualTo(new Failure("java.lang.IllegalStateException", "no stock"));
    }

    @Test
    void whoHasNoTextHasAnEmptyOne() {
        assertThat(Failure.of(new StackOverflowError())).isEqualTo(new Failure("java.lang.StackOverflowError", ""));
    }

    @Test
    void anExceptionThatCannotTellItsTextIsToldWithoutIt() {
        RuntimeException unspeakable = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("not even this");
            }
        };

        assertThat(Failure.of(unspeakable))
                .isEqualTo(new Failure(unspeakable.getClass().getName(), ""));
    }

    @Test
    void aLongTextIsCut() {
        String longest = "x".repeat(Failure.MAX_TEXT);

        assertThat(new Failure("type", longest).text()).isEqualTo(longest);
        assertThat(new Failure("type", longest + "y").text()).isEqualTo(longest);
    }

    @Test
    void noCharacterIsCutInHalf() {
        String almost = "x".repeat(Failure.MAX_TEXT - 1);

        assertThat(new Failure("type", almost + "😀").text()).isEqualTo(almost);
        assertThat(new Failure("type", almost.substring(1) + "😀y").text()).isEqualTo(almost.substring(1) + "😀");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> new Failure(null, "")).withMessage("type");
        assertThatNullPointerException()
                .isThrownBy(() -> new Failure("t", null))
                .withMessage("text");
    }
}
