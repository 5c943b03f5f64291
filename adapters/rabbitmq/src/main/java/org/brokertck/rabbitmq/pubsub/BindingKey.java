package org.brokertck.rabbitmq.pubsub;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.pubsub.TopicPattern;

/**
 * What a pattern is bound with. A server takes ever longer over a long topic the more {@code #} a binding has: with a dozen, messages
 * were seen not to arrive for seconds (rule P-5). A binding has no more than {@link #MOST} of them, and may let through more than the
 * pattern does: what arrives is matched here again.
 */
final class BindingKey {
    private static final String ONE_WORD = "*";
    private static final String ANY_WORDS = "#";
    private static final int MOST = 2;

    private BindingKey() {}

    /** Matches whatever the pattern matches; nothing else, unless the pattern has more than two {@code #} apart from one another. */
    static String of(String pattern) {
        List<String> key = simplified(pattern);
        int found = 0;
        int last = 0;
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i).equals(ANY_WORDS)) {
                found++;
                last = found == MOST ? i : last;
            }
        }
        return String.join(".", found > MOST ? key.subList(0, last + 1) : key);
    }

    /** With each # behind all * beside it, and once: they match the same in any order, and any number of # what one does. */
    private static List<String> simplified(String pattern) {
        List<String> words = new ArrayList<>();
        boolean anyWords = false;
        for (String word : TopicPattern.wordsOf(pattern)) {
            if (word.equals(ANY_WORDS)) {
                anyWords = true;
            } else {
                if (anyWords && !word.equals(ONE_WORD)) {
                    words.add(ANY_WORDS);
                    anyWords = false;
                }
                words.add(word);
            }
        }
        if (anyWords) {
            words.add(ANY_WORDS);
        }
        return words;
    }
}
