package org.brokertck.api.internal;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bounds belong to what they bound, and what is beyond them is refused with all that one needs to know. */
class RequireTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void durations() {
        assertThatNoException().isThrownBy(() -> Require.duration("pause", SECOND, SECOND));
        assertThatNoException().isThrownBy(() -> Require.duration("pause", Require.LONGEST, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.duration("pause", SECOND.minusNanos(1), SECOND))
                .withMessage("pause is PT0.999999999S: it must be from PT1S to PT8760H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.duration("pause", Require.LONGEST.plusNanos(1), SECOND))
                .withMessage("pause is PT8760H0.000000001S: it must be from PT1S to PT8760H");
    }

    @Test
    void numbers() {
        assertThatNoException().isThrownBy(() -> Require.number("size", 2, 2, 3));
        assertThatNoException().isThrownBy(() -> Require.number("size", 3, 2, 3));
        assertThatNoException().isThrownBy(() -> Require.number("size", Integer.MAX_VALUE, 2, Integer.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.number("size", 1, 2, 3))
                .withMessage("size is 1: it must be from 2 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.number("size", 4, 2, 3))
                .withMessage("size is 4: it must be from 2 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.number("size", 1, 2, Integer.MAX_VALUE))
                .withMessage("size is 1: it must be 2 or more");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Require.duration("pause", null, SECOND))
                .withMessage("pause");
    }
}
