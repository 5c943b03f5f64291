package org.brokertck.rabbitmq.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A binding lets through all that its pattern matches, and keeps no server busy. */
class BindingKeyTest {
    @ParameterizedTest
    @CsvSource({
        "order.created, order.created",
        "order.*, order.*",
        "#, #",
        "#.#.#, #",
        "#.*.#.*, *.*.#",
        "a.#.b.#, a.#.b.#",
        "a.#.b.#.c, a.#.b.#.c",
        "a.#.b.#.c.#.d, a.#.b.#",
        "a.*.#.b.#.*.c.#, a.*.#.b.*.#"
    })
    void patternsAreBoundSimply(String pattern, String key) {
        assertThat(BindingKey.of(pattern)).isEqualTo(key);
    }

    @Test
    void nothingThatAPatternMatchesIsKeptOut() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            String pattern = words(random, List.of("a", "b", "*", "#"));
            String key = BindingKey.of(pattern);
            String topic = words(random, List.of("a", "b"));
            boolean matches = TopicPattern.of(pattern).matches(topic);
            boolean comes = TopicPattern.of(key).matches(topic);
            assertThat(comes || !matches)
                    .as("%s for %s lets %s through", key, pattern, topic)
                    .isTrue();
            boolean simple = pattern.chars().filter(it -> it == '#').count() <= 2;
            assertThat(!simple || comes == matches)
                    .as("%s for %s lets through %s and no more", key, pattern, topic)
                    .isTrue();
            assertThat(key.chars().filter(it -> it == '#').count()).isLessThanOrEqualTo(2);
        }
    }

    private static String words(Random random, List<String> from) {
        return IntStream.rangeClosed(0, random.nextInt(7))
                .mapToObj(it -> from.get(random.nextInt(from.size())))
                .collect(Collectors.joining("."));
    }
}
