package org.brokertck.tck.run;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.spec.Rule;

/**
 * What a run says of one rule.
 *
 * @param rule the rule
 * @param status the weightiest status of its tests
 * @param reason the first line of what decided it; empty when it passed
 * @param tests all tests that cite the rule
 */
public record RuleResult(Rule rule, Status status, String reason, List<TestResult> tests) {
    /** The result that follows from the tests. */
    static RuleResult of(Rule rule, List<TestResult> tests) {
        Status status = Status.of(tests.stream().map(TestResult::status).toList());
        String reason = tests.stream()
                .filter(it -> it.status() == status)
                .map(it -> it.message().lines().findFirst().orElse(""))
                .findFirst()
                .orElse("");
        return new RuleResult(rule, status, reason, List.copyOf(tests));
    }

    /** The result that follows from the tests of the same rule for two contracts. */
    RuleResult and(RuleResult other) {
        return of(rule, Stream.concat(tests.stream(), other.tests.stream()).toList());
    }
}
