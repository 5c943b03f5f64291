package org.brokertck.api.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A pattern over topics. A topic is one or more words separated by {@code .}, at most {@value #LONGEST} bytes of UTF-8 in all; a
 * word is one or more characters, whatever they are, but not {@code *} or {@code #} anywhere in it. In a pattern a whole word may
 * also be {@code *}, which stands for exactly one word, or {@code #}, which stands for zero or more words. Case counts.
 */
public final class TopicPattern {
    /** The longest topic or pattern, in bytes of UTF-8. */
    public static final int LONGEST = 255;

    /** UTF-8 writes 4 bytes for some characters, but those are two in Java. */
    private static final int MOST_BYTES_PER_CHAR = 3;

    private static final String ONE_WORD = "*";
    private static final String ANY_WORDS = "#";

    private final String text;
    private final List<String> words;

    private TopicPattern(String text, List<String> words) {
        this.text = text;
        this.words = words;
    }

    /**
     * Reads a pattern.
     *
     * @throws NullPointerException when the pattern is null
     * @throws IllegalArgumentException when it is empty, too long, has an empty word, or {@code *} or {@code #} within a word
     */
    public static TopicPattern of(String pattern) {
        return new TopicPattern(pattern, words("pattern", pattern, true));
    }

    /**
     * Checks that this is a topic.
     *
     * @return the topic
     * @throws NullPointerException when the topic is null
     * @throws IllegalArgumentException when it is empty, too long, has an empty word, or contains {@code *} or {@code #}
     */
    public static String requireTopic(String topic) {
        // Every publish passes here: only what is refused is split, to say why.
        if (!isValidTopic(Objects.requireNonNull(topic, "topic"))) {
            words("topic", topic, false);
        }
        return topic;
    }

    /** The words of a topic or pattern, in order. */
    public static List<String> wordsOf(String topicOrPattern) {
        return List.of(topicOrPattern.split("\\.", -1));
    }

    private static boolean isValidTopic(String text) {
        int wordStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '#' || (c == '.' && i == wordStart)) {
                return false;
            }
            wordStart = c == '.' ? i + 1 : wordStart;
        }
        return wordStart < text.length() && isShort(text);
    }

    private static boolean isShort(String text) {
        return text.length() <= LONGEST / MOST_BYTES_PER_CHAR || bytes(text) <= LONGEST;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<String> words(String what, String text, boolean wildcards) {
        Objects.requireNonNull(text, what);
        int bytes = bytes(text);
        if (bytes > LONGEST) {
            throw new IllegalArgumentException(
                    what + " is " + bytes + " bytes long: " + LONGEST + " is the most, counted in UTF-8");
        }
        List<String> words = wordsOf(text);
        words.forEach(it -> requireWord(what, text, it, wildcards));
        return words;
    }

    private static void requireWord(String what, String text, String word, boolean wildcards) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "': it must consist of words separated by single dots, none of them empty");
        }
        boolean wildcard = word.equals(ONE_WORD) || word.equals(ANY_WORDS);
        if (!(wildcards && wildcard) && (word.contains(ONE_WORD) || word.contains(ANY_WORDS))) {
            String where = wildcards ? "only as whole words" : "only in patterns";
            throw new IllegalArgumentException(what + " is '" + text + "': * and # may stand there " + where);
        }
    }

    /** The pattern as it was written. */
    public String text() {
        return text;
    }

    /** The words, wildcards included; unmodifiable. */
    public List<String> words() {
        return words;
    }

    /** Whether it matches itself alone. */
    public boolean isTopic() {
        return words.stream().noneMatch(it -> it.equals(ONE_WORD) || it.equals(ANY_WORDS));
    }

    /** Whether the pattern matches this topic. Takes time in proportion to the product of their numbers of words. */
    public boolean matches(String topic) {
        return matches(wordsOf(topic));
    }

    /** As {@link #matches(String)}, for a topic that is split already. */
    public boolean matches(List<String> topic) {
        // reached[i]: the pattern's words so far match the topic's first i words.
        boolean[] reached = new boolean[topic.size() + 1];
        reached[0] = true;
        for (String word : words) {
            boolean any = word.equals(ANY_WORDS);
            for (int i = topic.size(); i >= 1 && !any; i--) {
                reached[i] = reached[i - 1] && (word.equals(ONE_WORD) || word.equals(topic.get(i - 1)));
            }
            for (int i = 1; i <= topic.size() && any; i++) {
                reached[i] |= reached[i - 1];
            }
            reached[0] &= any;
        }
        return reached[topic.size()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
