package org.brokertck.reference.codec;

import org.brokertck.api.message.Message;

/** Half a surrogate pair is no text: encoders would write a question mark for it, or nothing that anyone can read. */
final class Texts {
    private Texts() {}

    static void requireWhole(Message message) {
        whole("id", message.id());
        whole("topic", message.topic());
        message.headers().forEach((key, value) -> {
            whole("a key of headers", key);
            whole("a value of headers", value);
        });
    }

    /** The text itself. */
    static String whole(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                throw new IllegalArgumentException(
                        field + " holds half a surrogate pair at " + i + ": that is no text and cannot be encoded");
            }
        }
        return text;
    }
}
