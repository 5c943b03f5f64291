package org.brokertck.tck.check.pubsub;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which topics a pattern matches, read off the rules P-2 to P-4 word by word: the kit's own answer, so that none that an
 * implementation may use judges itself.
 */
public final class Matching {
    private final List<String> pattern;
    private final List<String> topic;
    /** Pairs of positions from which the rests are known not to match. */
    private final BitSet hopeless = new BitSet();

    private Matching(String pattern, String topic) {
        this.pattern = words(pattern);
        this.topic = words(topic);
    }

    /** Whether the pattern matches the topic. */
    public static boolean matches(String pattern, String topic) {
        return new Matching(pattern, topic).from(0, 0);
    }

    /** A topic that the pattern matches, with other words than those of the tests. */
    public static String topicFor(String pattern) {
        return String.join(
                ".",
                words(pattern).stream()
                        .map(it -> it.equals("*") || it.equals("#") ? "z" : it)
                        .toList());
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split("\\.", -1));
    }

    /** Whether what is left of the pattern matches what is left of the topic. */
    private boolean from(int p, int t) {
        int place = p * (topic.size() + 1) + t;
        if (hopeless.get(place)) {
            return false;
        }
        boolean matches = matchesFrom(p, t);
        if (!matches) {
            hopeless.set(place);
        }
        return matches;
    }

    private boolean matchesFrom(int p, int t) {
        if (p == pattern.size()) {
            return t == topic.size();
        }
        String word = pattern.get(p);
        if (word.equals("#")) {
            // It stands for no word, or for this one and perhaps more.
            return from(p + 1, t) || (t < topic.size() && from(p, t + 1));
        }
        return t < topic.size() && (word.equals("*") || word.equals(topic.get(t))) && from(p + 1, t + 1);
    }
}
