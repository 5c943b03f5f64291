package org.brokertck.tck.workload;

import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * For how long a failing workload is made smaller: some seconds from the first failure of a property on. jqwik's own bound would
 * leave the last workload running in the background, where it disturbs the tests that follow. Properties run one at a time.
 */
public final class Shrinking {
    private static final long BUDGET_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int GENERATOR_SIZE = 1000;

    private static volatile boolean failed;
    private static volatile long since;

    private Shrinking() {}

    /** A property begins: nothing has failed yet. */
    public static void begin() {
        failed = false;
    }

    /** A workload failed; the first one counts. */
    public static void failed() {
        if (!failed) {
            since = System.nanoTime();
            failed = true;
        }
    }

    /** Whether the time is up. */
    public static boolean isOver() {
        return failed && System.nanoTime() - since > BUDGET_NANOS;
    }

    /** The same values, of which none is offered in a smaller form once the time is up. */
    public static <T> Arbitrary<T> bounded(Arbitrary<T> values) {
        RandomGenerator<T> generator = values.generator(GENERATOR_SIZE);
        return Arbitraries.fromGenerator(random -> new Bounded<>(generator.next(random)));
    }

    /** Letting further workloads pass is not enough: jqwik would go on to compute smaller ones, for minutes and into gigabytes. */
    private record Bounded<T>(Shrinkable<T> inner) implements Shrinkable<T> {
        @Override
        public T value() {
            return inner.value();
        }

        @Override
        public Stream<Shrinkable<T>> shrink() {
            return isOver()
                    ? Stream.empty()
                    : inner.shrink().takeWhile(it -> !isOver()).map(Bounded::new);
        }

        @Override
        public ShrinkingDistance distance() {
            return inner.distance();
        }
    }
}
