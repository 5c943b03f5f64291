package org.brokertck.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Delays grow, stop at their cap and never overflow. */
class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void delaysGrowUpToTheirCap() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100), 2, SECOND);
        assertThat(backoff.delayAfter(0)).hasMillis(100);
        assertThat(backoff.delayAfter(1)).hasMillis(200);
        assertThat(backoff.delayAfter(3)).hasMillis(800);
        assertThat(backoff.delayAfter(4)).hasMillis(1000);
        assertThat(backoff.delayAfter(Integer.MAX_VALUE)).hasMillis(1000);
    }

    @Test
    void aFixedDelayStaysAsItIs() {
        Backoff backoff = Backoff.fixed(SECOND);
        assertThat(backoff.delayAfter(0)).isEqualTo(SECOND);
        assertThat(backoff.delayAfter(Integer.MAX_VALUE)).isEqualTo(SECOND);
    }

    @Test
    void noDelayStaysNoDelay() {
        assertThat(Backoff.exponential(Duration.ZERO, Double.MAX_VALUE, SECOND).delayAfter(1000))
                .isZero();
        assertThat(Backoff.fixed(Duration.ZERO).delayAfter(5)).isZero();
    }

    @Test
    void theLargestMultiplierEndsAtTheCap() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1), Double.MAX_VALUE, Backoff.LONGEST);
        assertThat(backoff.delayAfter(0)).hasNanos(1);
        assertThat(backoff.delayAfter(1)).isEqualTo(Backoff.LONGEST);
        assertThat(backoff.delayAfter(Integer.MAX_VALUE)).isEqualTo(Backoff.LONGEST);
    }

    @Test
    void jitterChangesNoBound() {
        Backoff backoff = Backoff.fixed(SECOND).withJitter(1);
        assertThat(backoff.jitter()).isEqualTo(1);
        assertThat(backoff.delayAfter(0)).isEqualTo(SECOND);
    }

    @Test
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Backoff(nothing(), 1, SECOND, 0))
                .withMessage("initialDelay");
        assertThatNullPointerException()
                .isThrownBy(() -> new Backoff(SECOND, 1, nothing(), 0))
                .withMessage("maxDelay");
    }

    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    private static Duration nothing() {
        return null;
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(Duration.ofNanos(-1), 1, SECOND, 0, "backoff initialDelay is PT-0.000000001S: it must be 0 or more");
        refused(SECOND, 0.99, SECOND, 0, "backoff multiplier is 0.99: it must be finite and 1 or more");
        refused(SECOND, Double.NaN, SECOND, 0, "backoff multiplier is NaN: it must be finite and 1 or more");
        refused(SECOND, Double.POSITIVE_INFINITY, SECOND, 0, "backoff multiplier is Infinity: it must be finite");
        refused(
                SECOND,
                1,
                Duration.ofMillis(999),
                0,
                "backoff maxDelay is PT0.999S: it must be no less than initialDelay");
        refused(
                SECOND,
                1,
                Backoff.LONGEST.plusNanos(1),
                0,
                "backoff maxDelay is PT8760H0.000000001S: it must be at most");
        refused(SECOND, 1, SECOND, -0.01, "backoff jitter is -0.01: it must be from 0 to 1");
        refused(SECOND, 1, SECOND, 1.01, "backoff jitter is 1.01: it must be from 0 to 1");
        refused(SECOND, 1, SECOND, Double.NaN, "backoff jitter is NaN: it must be from 0 to 1");
    }

    private static void refused(Duration initial, double multiplier, Duration max, double jitter, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(initial, multiplier, max, jitter))
                .withMessageStartingWith(message);
    }

    @Test
    void attemptsCountFromZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.fixed(SECOND).delayAfter(-1))
                .withMessage("attempt is -1: attempts count from 0");
    }
}
