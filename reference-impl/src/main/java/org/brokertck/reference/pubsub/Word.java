package org.brokertck.reference.pubsub;

import org.jspecify.annotations.Nullable;

/** A word where it stands in a topic, so that splitting copies no text. Words that read the same are equal. */
class Word {
    private final String text;
    private final int start;
    private final int length;
    private final int hash;

    private Word(String text, int start, int length, int hash) {
        this.text = text;
        this.start = start;
        this.length = length;
        this.hash = hash;
    }

    Word(Word word) {
        this(word.text, word.start, word.length, word.hash);
    }

    /** The text as one word. */
    static Word of(String text) {
        return of(text, 0, text.length());
    }

    /** The words of a topic, in order. */
    static Word[] split(String topic) {
        int dots = 0;
        for (int i = topic.indexOf('.'); i >= 0; i = topic.indexOf('.', i + 1)) {
            dots++;
        }
        Word[] words = new Word[dots + 1];
        int start = 0;
        for (int i = 0; i < words.length; i++) {
            int dot = topic.indexOf('.', start);
            int end = dot < 0 ? topic.length() : dot;
            words[i] = of(topic, start, end);
            start = end + 1;
        }
        return words;
    }

    private static Word of(String text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return new Word(text, start, end - start, hash);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Word that
                && hash == that.hash
                && length == that.length
                && text.regionMatches(start, that.text, that.start, length);
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    @Override
    public final String toString() {
        return text.substring(start, start + length);
    }
}
