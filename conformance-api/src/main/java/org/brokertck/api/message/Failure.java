package org.brokertck.api.message;

import java.util.Objects;

/**
 * What a handler threw, in words that can be stored.
 *
 * @param type the class name of what was thrown
 * @param text its message, cut to {@value #MAX_TEXT} characters; empty when it had none
 */
public record Failure(String type, String text) {
    /** The longest text that is kept, in characters; longer ones are cut. */
    public static final int MAX_TEXT = 1024;

    /** Checks that both are there, and cuts the text. */
    public Failure {
        Objects.requireNonNull(type, "type");
        text = cut(Objects.requireNonNull(text, "text"));
    }

    /** What was thrown, whatever it does when asked for its text. */
    public static Failure of(Throwable thrown) {
        return new Failure(thrown.getClass().getName(), textOf(thrown));
    }

    private static String textOf(Throwable thrown) {
        try {
            String text = thrown.getMessage();
            return text == null ? "" : text;
        } catch (Throwable overridden) {
            // A getMessage of the user's own must not keep a message from being set aside (rule G-12).
            return "";
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        // Never through the middle of a surrogate pair: half a character does not survive UTF-8.
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }
}
