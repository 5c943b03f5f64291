package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.Fault.Kill;
import org.brokertck.tck.run.Falsified;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each faulty implementation of a contract is caught by the rules that it names, by their own findings and for the right reason. */
public abstract class CaughtFaults {
    /** The property with the pattern of the names of faults to be run, where one is to be tried alone. */
    private static final String NAMES = "tck.faulty.names";

    /** The property that says how often each is run: one that races with the test must be caught every time. */
    private static final String TIMES = "tck.faulty.times";

    private final Contract contract;
    private final List<Fault> faults;
    private final RuleRun rules;

    /** For subclasses, one a contract. */
    protected CaughtFaults(Contract contract, List<Fault> faults) {
        this.contract = contract;
        this.faults = faults;
        this.rules = RuleRun.of(contract);
    }

    @AfterAll
    static void nothingSpins() {
        IdleThreads.require();
    }

    @TestFactory
    Stream<DynamicTest> everyFaultIsCaughtByTheRulesThatItNames() {
        return faults.stream()
                .filter(fault -> fault.name().matches(System.getProperty(NAMES, ".*")))
                .flatMap(fault -> fault.kills().stream()
                        .flatMap(kill -> Collections.nCopies(Integer.getInteger(TIMES, 1), kill).stream())
                        .map(kill -> DynamicTest.dynamicTest(
                                kill.rule() + " catches " + fault, () -> requireCaught(fault, kill))));
    }

    /** Whichever test of the rule comes first catches it; the others are not run. */
    private void requireCaught(Fault fault, Kill kill) {
        List<String> findings = new ArrayList<>();
        try (ImpatientKit kit = ImpatientKit.on(fault.target().get())) {
            for (String test : rules.testsOf(kill.rule())) {
                Optional<String> finding = finding(fault, kill.rule(), test, findings);
                if (finding.filter(Pattern.compile(kill.finding()).asPredicate())
                        .isPresent()) {
                    return;
                }
            }
        }
        assertThat(findings)
                .as("Findings of %s on %s, which %s", kill.rule(), fault, fault.description())
                .anyMatch(it -> Pattern.compile(kill.finding()).matcher(it).find());
    }

    private Optional<String> finding(Fault fault, String rule, String test, List<String> findings) {
        return rules.run(fault.target().get(), List.of(test)).stream()
                .flatMap(it -> it.failures().stream())
                .peek(it -> findings.add(test + ": " + it.getMessage()))
                .map(it -> it instanceof Falsified && it.getCause() != null ? it.getCause() : it)
                .filter(it -> it instanceof RuleViolation violation
                        && violation.ruleId().equals(rule))
                .map(it -> ((RuleViolation) it).finding())
                .findFirst();
    }

    @Test
    void everyRuleCatchesAFault() {
        List<String> used = faults.stream()
                .flatMap(it -> it.kills().stream())
                .map(Kill::rule)
                .toList();

        List<String> all =
                SpecCatalogue.shipped().rulesOf(contract).stream().map(Rule::id).toList();

        assertThat(used).containsAll(all);
        assertThat(all).containsAll(used);
    }

    @Test
    void faultsHaveNamesOfTheirOwn() {
        assertThat(faults).extracting(Fault::name).doesNotHaveDuplicates();
        assertThat(faults).extracting(Fault::name).allMatch(it -> it.matches("[A-Z][A-Za-z0-9]+"));
    }
}
