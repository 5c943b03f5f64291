package org.brokertck.api.monitoring;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.brokertck.api.internal.Require;

/** Which rules may be set up together (rule O-10). */
public final class AlertRules {
    /** The most rules of a set. */
    public static final int MOST = 1000;

    private AlertRules() {}

    /**
     * The rules, isolated from the list that was given, when all of them are valid: the name is not blank and no other rule's,
     * metric and condition are known, the threshold is a finite number, the duration is from zero to 365 days.
     *
     * @throws NullPointerException when the list or a rule is null
     * @throws IllegalArgumentException when one is invalid, or when there are more than {@link #MOST}; names the rule, the part
     *     and what it must be
     */
    public static List<AlertRule> requireValid(List<AlertRule> rules) {
        Objects.requireNonNull(rules, "rules");
        rules.forEach(it -> Objects.requireNonNull(it, "rules: a rule"));
        List<AlertRule> all = List.copyOf(rules);
        Require.number("rules: their number", all.size(), 0, MOST);
        Set<String> names = new HashSet<>();
        for (AlertRule rule : all) {
            requireValid(rule);
            if (!names.add(rule.name())) {
                throw invalid(rule, "name", "taken by another rule of the set: give each its own");
            }
        }
        return all;
    }

    private static void requireValid(AlertRule rule) {
        if (rule.name().isBlank()) {
            throw invalid(rule, "name", "blank: give the rule a name");
        }
        if (AlertMetric.of(rule.metric()).isEmpty()) {
            throw invalid(
                    rule,
                    "metric",
                    "'%s': it must be one of %s"
                            .formatted(
                                    rule.metric(),
                                    Arrays.stream(AlertMetric.values())
                                            .map(AlertMetric::word)
                                            .collect(Collectors.joining(", "))));
        }
        if (!Double.isFinite(rule.threshold())) {
            throw invalid(rule, "threshold", rule.threshold() + ": it must be a finite number");
        }
        try {
            Condition.of(rule.condition());
            Require.duration("duration", rule.duration(), Duration.ZERO);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rules: '" + rule.name() + "': " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException invalid(AlertRule rule, String part, String problem) {
        return new IllegalArgumentException("rules: '%s': %s is %s".formatted(rule.name(), part, problem));
    }
}
