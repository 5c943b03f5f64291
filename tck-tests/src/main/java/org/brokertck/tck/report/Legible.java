package org.brokertck.tck.report;

import java.util.Locale;

/** Text from a broker, made safe to read: what would be invisible, or would turn the line around, shows as its escape. */
final class Legible {
    private Legible() {}

    /** One line of text: every control, format and half character as {@code \}{@code u001B}; a tab stays. */
    static String of(String text) {
        StringBuilder legible = new StringBuilder(text.length());
        text.codePoints().forEach(it -> {
            if (it == '\t' || !isHidden(it)) {
                legible.appendCodePoint(it);
            } else {
                legible.append(String.format(Locale.ROOT, "\\u%04X", it));
            }
        });
        return legible.toString();
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
