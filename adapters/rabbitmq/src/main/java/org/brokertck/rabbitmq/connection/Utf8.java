package org.brokertck.rabbitmq.connection;

/** What can be told of a text's UTF-8 form without making it. */
public final class Utf8 {
    private Utf8() {}

    /** The number of bytes; half a surrogate pair counts as the one byte that replaces it. */
    public static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (startsPair(text, i)) {
                bytes += 4;
                i++;
            } else {
                bytes += Character.isSurrogate(c) ? 1 : 3;
            }
        }
        return bytes;
    }

    /** Whether the text comes back equal from UTF-8: it holds no half of a surrogate pair. */
    public static boolean survives(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (startsPair(text, i)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
