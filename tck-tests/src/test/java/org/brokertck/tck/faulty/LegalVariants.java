package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No rule that binds says a word against an implementation that only uses the freedom that the contract leaves. What merely should be,
 * such as a certain speed, is no part of that.
 */
public abstract class LegalVariants {
    /** The property with the pattern of the tests to be run, where a new one is to be tried with many workloads. */
    private static final String TESTS = "tck.legal.tests";

    private final RuleRun rules;
    private final List<ConformanceTarget> variants;

    /** For subclasses, one a contract. */
    protected LegalVariants(Contract contract, List<ConformanceTarget> variants) {
        this.rules = RuleRun.of(contract);
        this.variants = variants;
    }

    @AfterAll
    static void nothingSpins() {
        IdleThreads.require();
    }

    @TestFactory
    Stream<DynamicTest> oddButLegalVariantsPassEveryRule() {
        return variants.stream().map(it -> DynamicTest.dynamicTest(it.name() + " passes", () -> requireNoFinding(it)));
    }

    private void requireNoFinding(ConformanceTarget target) {
        List<String> findings;
        try (ImpatientKit kit = ImpatientKit.brief()) {
            findings = rules.run(target, tests()).stream()
                    .flatMap(it -> it.failures().stream().map(failure -> it.test() + ": " + failure.getMessage()))
                    .toList();
        }

        assertThat(findings).as("Findings on %s", target.name()).isEmpty();
    }

    private List<String> tests() {
        return rules.bindingTests().stream()
                .filter(it -> it.matches(System.getProperty(TESTS, ".*")))
                .toList();
    }
}
