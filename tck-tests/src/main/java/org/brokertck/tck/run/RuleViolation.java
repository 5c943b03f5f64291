package org.brokertck.tck.run;

import java.util.List;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.Timeline;
import org.brokertck.tck.spec.Rule;

/** A rule was seen broken: the finding, the events that show it, and where to look first. */
public final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String ruleId;
    private final String finding;

    /**
     * @param rule the broken rule
     * @param finding what is wrong, in a sentence
     * @param witnesses the few events that show it
     */
    public RuleViolation(Rule rule, String finding, List<? extends Moment> witnesses) {
        super(text(rule, finding, witnesses));
        this.ruleId = rule.id();
        this.finding = finding;
    }

    /** The id of the broken rule. */
    public String ruleId() {
        return ruleId;
    }

    /** What is wrong, in a sentence. */
    public String finding() {
        return finding;
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
