package org.brokertck.tck.run;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;

/** Which rules to run: ids such as {@code Q-3}, or families such as {@code G-*}, separated by commas. */
public final class RuleSelection {
    private static final RuleSelection ALL = new RuleSelection(List.of(Pattern.compile(".*")));

    private final List<Pattern> patterns;

    private RuleSelection(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Every rule. */
    public static RuleSelection all() {
        return ALL;
    }

    /**
     * Reads a selection.
     *
     * @throws IllegalArgumentException when a part matches no rule
     */
    public static RuleSelection parse(String text) {
        return new RuleSelection(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(RuleSelection::pattern)
                .toList());
    }

    private static Pattern pattern(String part) {
        Pattern pattern = Pattern.compile(Stream.of(part.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElse(""));
        if (SpecCatalogue.shipped().rules().stream()
                .noneMatch(it -> pattern.matcher(it.id()).matches())) {
            throw new IllegalArgumentException("'" + part
                    + "' matches no rule: use ids such as Q-3 or families such as G-*; './tck rules' lists them");
        }
        return pattern;
    }

    /** Whether the rule is to be run. */
    public boolean includes(Rule rule) {
        return patterns.stream().anyMatch(it -> it.matcher(rule.id()).matches());
    }
}
