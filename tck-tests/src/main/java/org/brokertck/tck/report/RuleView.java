package org.brokertck.tck.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.TestResult;
import org.brokertck.tck.spec.Level;
import org.brokertck.tck.spec.Rule;

/**
 * A rule as the page shows it.
 *
 * @param id its id, which is its anchor too
 * @param level how strongly it binds
 * @param capability the capability that makes it binding; empty for most
 * @param sentence the rule
 * @param mark how it fared
 * @param red whether it needs a person's attention
 * @param advisory whether it is red without making the target fail
 * @param reason why, in a line; empty when it passed
 * @param checkFirst where the fault most often lies; empty unless it is red
 * @param replay the command that runs it again, word by word; empty unless it is red
 * @param tests its tests, the red ones first
 */
record RuleView(
        String id,
        String level,
        String capability,
        List<Sentence.Part> sentence,
        Mark mark,
        boolean red,
        boolean advisory,
        String reason,
        List<Sentence.Part> checkFirst,
        List<String> replay,
        List<TestView> tests) {
    static RuleView of(RuleResult result) {
        Rule rule = result.rule();
        boolean red = result.status().isRed();
        return new RuleView(
                rule.id(),
                rule.level().name(),
                rule.capability(),
                Sentence.parts(rule.sentence()),
                Mark.of(result.status()),
                red,
                red && rule.level() == Level.SHOULD,
                Finding.brief(rule, result.reason()),
                Sentence.parts(red ? rule.checkFirst() : ""),
                replay(result),
                redFirst(result).map(it -> TestView.of(result, it)).toList());
    }

    private static List<String> replay(RuleResult result) {
        return result.tests().stream()
                .map(TestResult::replay)
                .filter(it -> !it.isEmpty())
                .findFirst()
                .map(Reproduction::words)
                .orElse(List.of());
    }

    private static Stream<TestResult> redFirst(RuleResult result) {
        return result.tests().stream()
                .sorted(Comparator.comparing(it -> !it.status().isRed()));
    }
}
