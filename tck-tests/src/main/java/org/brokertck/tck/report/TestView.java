package org.brokertck.tck.report;

import java.time.Duration;
import java.util.List;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.TestResult;
import org.brokertck.tck.spec.Rule;

/**
 * A test as the page shows it.
 *
 * @param name the name of its method
 * @param nameParts the same, where a narrow page may break it
 * @param mark how it ended
 * @param duration how long it took; empty when it did not run
 * @param seed the seed of its random workloads; empty for a scenario, and unless it is red
 * @param finding what it found; empty unless it is red
 * @param stack where an error came from; empty for all else
 * @param note why it did not run, where the rule does not say so already
 */
record TestView(
        String name,
        List<String> nameParts,
        Mark mark,
        String duration,
        String seed,
        List<Finding.Line> finding,
        List<String> stack,
        String note) {
    static TestView of(RuleResult rule, TestResult test) {
        boolean red = test.status().isRed();
        boolean ran = red || test.durationMillis() > 0 || test.message().isEmpty();
        return new TestView(
                test.name(),
                List.of(test.name().split("(?=\\p{Lu})", -1)),
                Mark.of(test.status()),
                ran ? Wording.duration(Duration.ofMillis(test.durationMillis())) : "",
                red ? test.seed() : "",
                red ? Finding.lines(rule.rule(), test.message()) : List.of(),
                red ? Finding.stack(test.message()) : List.of(),
                red || test.message().equals(rule.reason()) ? "" : note(rule.rule(), test.message()));
    }

    private static String note(Rule rule, String message) {
        return Finding.brief(rule, message.lines().findFirst().orElse(""));
    }
}
