package org.brokertck.tck.report;

/** Text within a Markdown table. */
final class Markdown {
    private Markdown() {}

    /** One cell of text from outside: nothing in it is markup. */
    static String cell(String text) {
        return Legible.of(text)
                .replaceAll("[\\\\`*_\\[\\]|~]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }

    /** One cell of the specification's own Markdown. */
    static String sentence(String markdown) {
        return markdown.replace("|", "\\|");
    }
}
