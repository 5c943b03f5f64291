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
 * @param mark how it ended
 * @param duration how long it took; empty when it did not run
 * @param seed the seed of its random workloads; empty for a scenario
 * @param finding what it found; empty unless it is red
 * @param note why it did not run, where the rule does not say so already
 * @param replay the command that runs it again; empty unless it is red
 */
record TestView(
        String name,
        Mark mark,
        String duration,
        String seed,
        List<Finding.Line> finding,
        String note,
        List<String> replay) {
    static TestView of(RuleResult rule, TestResult test) {
        boolean red = test.status().isRed();
        boolean ran = red || test.durationMillis() > 0 || test.message().isEmpty();
        return new TestView(
                test.name(),
                Mark.of(test.status()),
                ran ? Wording.duration(Duration.ofMillis(test.durationMillis())) : "",
                red ? test.seed() : "",
                red ? Finding.lines(rule.rule(), test.message()) : List.of(),
                red || test.message().equals(rule.reason()) ? "" : note(rule.rule(), test.message()),
                Reproduction.words(test.replay()));
    }

    private static String note(Rule rule, String message) {
        return Finding.brief(rule, message.lines().findFirst().orElse(""));
    }
}
