package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A persistent set holds what a hash set would, and each version keeps what it held. */
class PersistentSetTest {
    /** A number whose hash is shared by all that leave the same remainder. */
    private record Colliding(int value, int hashes) {
        @Override
        public int hashCode() {
            return value % hashes;
        }
    }

    private static <E> List<E> elements(PersistentSet<E> set) {
        List<E> elements = new ArrayList<>();
        set.forEach(elements::add);
        return elements;
    }

    @Test
    void holdsWhatAHashSetHolds() {
        for (int hashes : new int[] {1, 3, 50, 1 << 20}) {
            Random random = new Random(hashes);
            PersistentSet<Colliding> set = PersistentSet.empty();
            Set<Colliding> expected = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                Colliding number = new Colliding(random.nextInt(200), hashes);
                if (random.nextBoolean()) {
                    set = set.with(number);
                    expected.add(number);
                } else {
                    set = set.without(number);
                    expected.remove(number);
                }
                Colliding probe = new Colliding(random.nextInt(200), hashes);
                assertThat(set.find(probe) != null).isEqualTo(expected.contains(probe));
                assertThat(set.isEmpty()).isEqualTo(expected.isEmpty());
            }
            assertThat(elements(set)).containsExactlyInAnyOrderElementsOf(expected);
            for (Colliding number : expected) {
                set = set.without(number);
            }
            assertThat(set.isEmpty()).isTrue();
        }
    }

    @Test
    void holdsAHundredThousand() {
        PersistentSet<Integer> set = PersistentSet.empty();
        for (int i = 0; i < 100_000; i++) {
            set = set.with(i);
        }

        assertThat(elements(set).stream().sorted().toList())
                .isEqualTo(IntStream.range(0, 100_000).boxed().toList());
        assertThat(set.find(77_777)).isEqualTo(77_777);
        assertThat(set.find(100_000)).isNull();
    }

    @Test
    void aVersionKeepsWhatItHeld() {
        for (int hashes : new int[] {1, 1 << 20}) {
            Colliding one = new Colliding(1, hashes);
            Colliding two = new Colliding(2, hashes);
            PersistentSet<Colliding> both =
                    PersistentSet.<Colliding>empty().with(one).with(two);
            both.without(one);
            both.with(new Colliding(3, hashes));

            assertThat(elements(both)).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    void anEqualElementIsReplacedAndTheSameOneChangesNothing() {
        for (int hashes : new int[] {1, 1 << 20}) {
            Colliding old = new Colliding(1, hashes);
            Colliding young = new Colliding(1, hashes);
            PersistentSet<Colliding> set = PersistentSet.<Colliding>empty()
                    .with(new Colliding(2, hashes))
                    .with(old);

            assertThat(set.with(old)).isSameAs(set);
            assertThat(set.without(new Colliding(3, hashes))).isSameAs(set);
            assertThat(set.with(young).find(old)).isSameAs(young);
        }
    }
}
