package org.brokertck.tck.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;

/**
 * A run as the page shows it.
 *
 * @param target the name of the target
 * @param version the version of the target
 * @param capabilities what it claims, in words
 * @param kit the version of the kit
 * @param spec the version of the specification
 * @param environment where the kit ran
 * @param seed the seed of all random workloads
 * @param started when it began, for people
 * @param startedIso and for machines
 * @param duration how long it took
 * @param command how to repeat it, word by word
 * @param banner the answer
 * @param counts how many rules have which status
 * @param attention the rules that a person should look at, the broken ones first
 * @param scores the share of rules kept: one row a family, then all
 * @param families every rule, by family
 */
record RunView(
        String target,
        String version,
        String capabilities,
        String kit,
        String spec,
        Environment environment,
        String seed,
        String started,
        String startedIso,
        String duration,
        List<String> command,
        Banner banner,
        List<Count> counts,
        List<RuleView> attention,
        List<Score> scores,
        List<Family> families) {
    private static final List<Status> WORST_FIRST = List.of(Status.FAILED, Status.ERROR, Status.INCONCLUSIVE);

    /**
     * How many rules have a status.
     *
     * @param mark the status
     * @param rules how many
     */
    record Count(Mark mark, long rules) {}

    /**
     * The rules of a family.
     *
     * @param letter the letter of their ids
     * @param title what it stands for
     * @param rules the rules, in the specification's order
     */
    record Family(String letter, String title, List<RuleView> rules) {}

    static RunView of(RunResult result, Environment environment) {
        return new RunView(
                Legible.of(result.targetName()),
                Legible.of(result.targetVersion()),
                result.capabilities().stream().sorted().map(Capability::word).collect(Collectors.joining(", ")),
                result.kitVersion(),
                result.specVersion(),
                environment,
                Legible.of(result.seed()),
                Wording.instant(result.startedAt()),
                result.startedAt().toString(),
                Wording.duration(result.duration()),
                Reproduction.words(result.command()),
                Banner.of(result),
                Stream.of(Status.values())
                        .map(it -> new Count(Mark.of(it), result.count(it)))
                        .toList(),
                attention(result),
                scores(result),
                families(result));
    }

    private static List<RuleView> attention(RunResult result) {
        return WORST_FIRST.stream()
                .flatMap(status -> result.rules().stream().filter(it -> it.status() == status))
                .map(RuleView::of)
                .toList();
    }

    private static List<Score> scores(RunResult result) {
        List<Score> scores = new ArrayList<>();
        byFamily(result).forEach((letter, rules) -> scores.add(Score.of(title(letter), rules, result.capabilities())));
        scores.add(Score.of("All", result.rules(), result.capabilities()));
        return scores;
    }

    private static List<Family> families(RunResult result) {
        List<Family> families = new ArrayList<>();
        byFamily(result)
                .forEach((letter, rules) -> families.add(new Family(
                        letter,
                        Families.title(letter),
                        rules.stream().map(RuleView::of).toList())));
        return families;
    }

    private static String title(String letter) {
        return letter + "  " + Families.title(letter);
    }

    private static Map<String, List<RuleResult>> byFamily(RunResult result) {
        return result.rules().stream()
                .collect(Collectors.groupingBy(it -> it.rule().family(), LinkedHashMap::new, Collectors.toList()));
    }
}
