package org.brokertck.tck.faulty.legal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.ImpatientKit;
import org.brokertck.tck.faulty.RuleRun;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No rule says a word against an implementation that only uses the freedom that the contract leaves. */
class LegalQueuesTest {
    @TestFactory
    Stream<DynamicTest> oddButLegalQueuesPassEveryRule() {
        return LegalQueues.all().stream()
                .map(it -> DynamicTest.dynamicTest(it.name() + " passes", () -> requireNoFinding(it)));
    }

    private static void requireNoFinding(ConformanceTarget target) {
        List<String> findings;
        try (ImpatientKit kit = ImpatientKit.brief()) {
            findings = RuleRun.run(target, RuleRun.allTests()).stream()
                    .flatMap(it -> it.failures().stream().map(failure -> it.test() + ": " + failure.getMessage()))
                    .toList();
        }

        assertThat(findings).as("Findings on %s", target.name()).isEmpty();
    }
}
