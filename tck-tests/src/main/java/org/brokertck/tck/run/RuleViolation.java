package org.brokertck.tck.run;

import java.util.List;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.Timeline;
import org.brokertck.tck.spec.Rule;

/** A rule was seen broken: the finding, the events that show it, and where to look first. */
public final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 2000;

    private final String ruleId;
    private final String finding;

    /**
     * @param rule the broken rule
     * @param finding what is wrong, in a sentence
     * @param witnesses the few events that show it
     */
    public RuleViolation(Rule rule, String finding, List<? extends Moment> witnesses) {
        super(text(rule, brief(finding), witnesses));
        this.ruleId = rule.id();
        this.finding = brief(finding);
    }

    /** The id of the broken rule. */
    public String ruleId() {
        return ruleId;
    }

    /** What is wrong, in a sentence. */
    public String finding() {
        return finding;
    }

    /** A finding that lists thousands of messages is read by nobody. */
    private static String brief(String finding) {
        return finding.length() <= LONGEST
                ? finding
                : finding.substring(0, LONGEST) + "… (%,d characters more)".formatted(finding.length() - LONGEST);
    }

    private static String text(Rule rule, String finding, List<? extends Moment> witnesses) {
        StringBuilder text = new StringBuilder();
        text.append(rule.id()).append(" is broken: ").append(finding);
        text.append("\n  The rule: ").append(rule.sentence());
        if (!witnesses.isEmpty()) {
            text.append("\n  Timeline (ms):\n").append(Timeline.render(witnesses));
        }
        if (!rule.checkFirst().isEmpty()) {
            text.append("\n  Check first: ").append(rule.checkFirst());
        }
        return text.toString();
    }
}
