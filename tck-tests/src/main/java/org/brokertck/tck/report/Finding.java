package org.brokertck.tck.report;

import java.util.List;
import java.util.regex.Pattern;
import org.brokertck.tck.spec.Rule;

/** The lines of what a test found, without the rule's sentence and hint, which stand beside it in the report. */
final class Finding {
    private static final Pattern FRAME = Pattern.compile("\\s+at \\S.*");
    private static final Pattern EVENT = Pattern.compile("\\s*\\d+\\.\\d{3}  .*");

    private Finding() {}

    /**
     * One line.
     *
     * @param text as it was found, but legible
     * @param event whether it is an event of a timeline
     */
    record Line(String text, boolean event) {}

    /** The lines of a message, without a stack trace; none when it is empty. */
    static List<Line> lines(Rule rule, String message) {
        List<String> beside = List.of("The rule: " + rule.sentence(), "Check first: " + rule.checkFirst());
        return message.lines()
                .filter(it -> !beside.contains(it.strip()) && !FRAME.matcher(it).matches())
                .map(it -> new Line(Legible.of(it), EVENT.matcher(it).matches()))
                .toList();
    }

    /** The frames of a stack trace in a message; none when it holds none. */
    static List<String> stack(String message) {
        return message.lines()
                .filter(it -> FRAME.matcher(it).matches())
                .map(it -> Legible.of(it.strip()))
                .toList();
    }

    /** The first line, without the rule's id and verdict before it, for where those stand beside it. */
    static String brief(Rule rule, String reason) {
        String brief = reason.replaceFirst("^" + Pattern.quote(rule.id()) + " is (broken|inconclusive): ", "");
        return Legible.of(brief);
    }
}
