package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;

/** The kit's delays are those of the contract, though reckoned in another way. */
class DelaysTest {
    private static final long LONGEST = Backoff.LONGEST.toNanos();

    /** Everything that a configuration allows. */
    @Provide
    Arbitrary<Backoff> allowed() {
        Arbitrary<Long> nanos = Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, 999_999L, 1_000_000L, LONGEST),
                Arbitraries.longs().between(0, 10_000_000_000L),
                Arbitraries.longs().between(0, LONGEST));
        Arbitrary<Double> multipliers = Arbitraries.oneOf(
                Arbitraries.of(1.0, 1 + Math.ulp(1.0), 1.000_000_1, 2.0, 1e300, Double.MAX_VALUE),
                Arbitraries.doubles().between(1, 4),
                Arbitraries.doubles().between(1, Double.MAX_VALUE));
        return Combinators.combine(nanos, nanos, multipliers)
                .as((a, b, multiplier) -> Backoff.exponential(
                        Duration.ofNanos(Math.min(a, b)), multiplier, Duration.ofNanos(Math.max(a, b))));
    }

    @Provide
    Arbitrary<Integer> attempts() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 80), Arbitraries.integers().between(0, Integer.MAX_VALUE));
    }

    @Property(tries = 20_000)
    void theyAreThoseOfTheContract(@ForAll("allowed") Backoff backoff, @ForAll("attempts") int attempt) {
        long own = Delays.nominal(backoff, attempt);
        long contract = backoff.delayAfter(attempt).toNanos();
        assertThat(Math.abs(own - contract)).isLessThanOrEqualTo(Math.max(1_000_000, (long) (own * 1e-9)));
    }

    @Property
    void theyAreWhatTheFormulaSays(@ForAll("allowed") Backoff backoff, @ForAll @IntRange(max = 60) int attempt) {
        BigDecimal exact = BigDecimal.valueOf(backoff.initialDelay().toNanos())
                .multiply(new BigDecimal(backoff.multiplier()).pow(attempt))
                .min(BigDecimal.valueOf(backoff.maxDelay().toNanos()));
        assertThat(Delays.nominal(backoff, attempt)).isBetween(exact.longValue() - 1, exact.longValue() + 1);
    }

    @Test
    void someDelays() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(1));
        assertThat(Delays.nominal(backoff, 0)).isEqualTo(100_000_000);
        assertThat(Delays.nominal(backoff, 3)).isEqualTo(800_000_000);
        assertThat(Delays.nominal(backoff, 4)).isEqualTo(1_000_000_000);
        assertThat(Delays.nominal(backoff, Integer.MAX_VALUE)).isEqualTo(1_000_000_000);
    }

    @Test
    void noPowerOverflows() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1), Double.MAX_VALUE, Backoff.LONGEST);
        for (int attempt : new int[] {1, 2, 1 << 20, 1 << 30, Integer.MAX_VALUE}) {
            assertThat(Delays.nominal(backoff, attempt)).isEqualTo(LONGEST);
        }
    }
}
