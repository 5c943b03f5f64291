package org.brokertck.adapter.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.Test;

class PatternIndexTest {
    private static final List<String> WORDS = List.of("a", "b", "A", "é", "*", "#", "#");

    @Test
    void findsWhatMatchesOnceAndNothingElse() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            PatternIndex<Integer> index = new PatternIndex<>();
            List<TopicPattern> patterns = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                patterns.add(TopicPattern.of(text(random, WORDS.size())));
                index.add(patterns.get(i), i);
            }
            for (int i = 0; i < 20; i += 3) {
                index.remove(patterns.get(i), i);
            }
            String topic = text(random, 4);
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                if (i % 3 != 0 && patterns.get(i).matches(topic)) {
                    expected.add(i);
                }
            }
            assertThat(index.matching(TopicPattern.wordsOf(topic)))
                    .as("%s of %s", topic, patterns)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void manyWildcardsCostLittle() {
        PatternIndex<String> index = new PatternIndex<>();
        String pattern = "#" + ".*.#".repeat(60);
        index.add(TopicPattern.of(pattern), "found");

        assertThat(index.matching(TopicPattern.wordsOf("a" + ".a".repeat(120)))).containsExactly("found");
        assertThat(index.matching(TopicPattern.wordsOf("a" + ".a".repeat(58)))).isEmpty();
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder(WORDS.get(random.nextInt(words)));
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append('.').append(WORDS.get(random.nextInt(words)));
        }
        return text.toString();
    }
}
