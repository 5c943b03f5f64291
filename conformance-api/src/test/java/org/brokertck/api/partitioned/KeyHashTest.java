package org.brokertck.api.partitioned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The partition of a key never changes, and keys spread evenly (rules L-3 and L-4). */
class KeyHashTest {
    private static final int KEYS = 10_000;

    @Test
    void partitionsNeverChange() {
        assertThat(IntStream.range(0, 12).map(i -> KeyHash.partition("key-" + i, 16)))
                .containsExactly(15, 0, 4, 14, 5, 5, 1, 15, 10, 2, 11, 6);
        assertThat(KeyHash.partition("", 16)).isZero();
        // The hash of this String is Integer.MIN_VALUE, which has no absolute value.
        assertThat("polygenelubricants".hashCode()).isEqualTo(Integer.MIN_VALUE);
        assertThat(KeyHash.partition("polygenelubricants", 7)).isBetween(0, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 16, 100, 1024})
    void everyPartitionIsInRange(int partitions) {
        Random random = new Random(3);
        assertThat(IntStream.range(0, KEYS).map(i -> KeyHash.partition(randomKey(random), partitions)))
                .allMatch(it -> it >= 0 && it < partitions);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 10, 16, 64, 100})
    void keysSpread(int partitions) {
        Random random = new Random(11);
        spreads(partitions, i -> randomKey(random));
        spreads(partitions, i -> "user-" + i);
        spreads(partitions, i -> "order:" + (1_000_000 + i) + ":eu");
        spreads(partitions, i -> Integer.toString(i));
        spreads(partitions, i -> "%08d".formatted(i));
        spreads(partitions, i -> "device/" + Integer.toHexString(i * 16));
    }

    /** Chi-squared, at p > 0.001. Keys that are no random ones may spread better than chance, which is no fault. */
    private static void spreads(int partitions, IntFunction<String> keys) {
        long[] counts = new long[partitions];
        IntStream.range(0, KEYS).forEach(i -> counts[KeyHash.partition(keys.apply(i), partitions)]++);
        double expected = (double) KEYS / partitions;
        double chiSquared = 0;
        for (long count : counts) {
            chiSquared += (count - expected) * (count - expected) / expected;
        }
        assertThat(chiSquared)
                .as("%d partitions, keys like '%s'", partitions, keys.apply(1))
                .isLessThan(critical(partitions - 1));
    }

    /** The value that chi-squared exceeds once in a thousand times, by the approximation of Wilson and Hilferty. */
    private static double critical(int degrees) {
        double ninth = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - ninth + 3.0902 * Math.sqrt(ninth), 3);
    }

    private static String randomKey(Random random) {
        return Long.toHexString(random.nextLong());
    }
}
