package org.brokertck.tck.report;

import java.util.ArrayList;
import java.util.List;

/** A rule's sentence, which the specification writes in Markdown with code between backticks. */
final class Sentence {
    private Sentence() {}

    /**
     * A part of a sentence.
     *
     * @param text without backticks
     * @param code whether it stood between them
     */
    record Part(String text, boolean code) {}

    /** The sentence as plain and code parts in turn. */
    static List<Part> parts(String sentence) {
        List<Part> parts = new ArrayList<>();
        boolean code = false;
        for (String text : sentence.split("`", -1)) {
            if (!text.isEmpty()) {
                parts.add(new Part(text, code));
            }
            code = !code;
        }
        return parts;
    }

    /** The beginning of the sentence, cut between words and outside code, in at most so many characters. */
    static String beginning(String sentence, int longest) {
        if (sentence.length() <= longest) {
            return sentence;
        }
        int end = sentence.lastIndexOf(' ', longest - 1);
        String cut = sentence.substring(0, end < 0 ? longest - 1 : end);
        boolean inCode = cut.chars().filter(it -> it == '`').count() % 2 == 1;
        String whole = inCode ? cut.substring(0, cut.lastIndexOf('`')) : cut;
        return whole.replaceFirst("[\\s,;:(.]+$", "") + "…";
    }
}
