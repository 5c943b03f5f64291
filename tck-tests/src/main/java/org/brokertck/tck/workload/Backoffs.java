package org.brokertck.tck.workload;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.api.queue.Backoff;

/** The kinds of random backoffs, for {@code @ForAll(supplier = …)}. */
public final class Backoffs {
    private Backoffs() {}

    /** Delays of up to 40 milliseconds, to be lived through. */
    public static final class Brief implements ArbitrarySupplier<Backoff> {
        @Override
        public Arbitrary<Backoff> get() {
            return Shrinking.bounded(backoffs(
                    Arbitraries.longs().between(0, 15),
                    Arbitraries.doubles().between(1, 5),
                    Arbitraries.longs().between(15, 40)));
        }
    }

    /** Delays of up to a month, for virtual time. */
    public static final class Any implements ArbitrarySupplier<Backoff> {
        @Override
        public Arbitrary<Backoff> get() {
            return Shrinking.bounded(backoffs(
                    Arbitraries.longs().between(0, 3_600_000),
                    Arbitraries.doubles().between(1, 20),
                    Arbitraries.longs().between(3_600_000, 2_592_000_000L)));
        }
    }

    /** Everything that a configuration allows, the extremes above all. */
    public static final class Explosive implements ArbitrarySupplier<Backoff> {
        @Override
        public Arbitrary<Backoff> get() {
            return Shrinking.bounded(backoffs(
                    Arbitraries.of(0L, 1L, 1000L, 86_400_000L),
                    Arbitraries.of(1.0, 2.0, 3.7, 10.0, 1e9, 1e300, Double.MAX_VALUE),
                    Arbitraries.of(86_400_000L, Backoff.LONGEST.toMillis())));
        }
    }

    private static Arbitrary<Backoff> backoffs(
            Arbitrary<Long> initialMillis, Arbitrary<Double> multipliers, Arbitrary<Long> maxMillis) {
        return Combinators.combine(initialMillis, multipliers, maxMillis, Arbitraries.of(0.0, 0.0, 0.2, 1.0))
                .as((initial, multiplier, max, jitter) ->
                        new Backoff(Duration.ofMillis(initial), multiplier, Duration.ofMillis(max), jitter));
    }
}
