package org.brokertck.tck.workload.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.brokertck.api.pubsub.TopicPattern;

/** Random topics and patterns. */
public final class Topics {
    private Topics() {}

    /** Words of which there are so few that random patterns and topics often have some in common. */
    static Arbitrary<String> fewWords() {
        return Arbitraries.of("a", "b", "c");
    }

    /** A word of any characters but the separators; no unpaired surrogates, which no encoding carries. */
    static String anyWord(Random random) {
        StringBuilder word = new StringBuilder();
        int length = 1 + random.nextInt(12);
        while (word.length() < length) {
            int width = random.nextInt(4);
            int character = width == 0
                    ? 1 + random.nextInt(0x7F)
                    : width == 1
                            ? 0xA0 + random.nextInt(0x700)
                            : width == 2 ? 0x800 + random.nextInt(0xC000) : 0x1F300 + random.nextInt(0x200);
            if (".*#".indexOf(character) < 0) {
                word.appendCodePoint(character);
            }
        }
        return word.toString();
    }

    /** Topics of these words. */
    static Arbitrary<String> topics(Arbitrary<String> words, int most) {
        return texts(words, most);
    }

    /** Patterns of these words, with wildcards in about every third place. */
    static Arbitrary<String> patterns(Arbitrary<String> words, int most) {
        return texts(
                Arbitraries.frequencyOf(
                        Tuple.of(5, words), Tuple.of(2, Arbitraries.just("*")), Tuple.of(2, Arbitraries.just("#"))),
                most);
    }

    private static Arbitrary<String> texts(Arbitrary<String> words, int most) {
        return words.list().ofMinSize(1).ofMaxSize(most).map(it -> joined(it));
    }

    /** The words as a topic or pattern, without the last ones when it would be too long. */
    static String joined(List<String> words) {
        List<String> kept = new ArrayList<>(words);
        String text = String.join(".", kept);
        while (text.getBytes(StandardCharsets.UTF_8).length > TopicPattern.LONGEST) {
            kept.remove(kept.size() - 1);
            text = String.join(".", kept);
        }
        return text;
    }
}
