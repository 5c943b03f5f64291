package org.brokertck.tck.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.spec.Rule;

/**
 * Several runs as the matrix shows them.
 *
 * @param kit the version of the kit; several when the runs differ
 * @param spec the version of the specification; several when the runs differ
 * @param targets the columns
 * @param families the rows
 * @param legend what the marks mean
 */
record MatrixView(String kit, String spec, List<Target> targets, List<Family> families, List<Mark> legend) {
    private static final int BEGINNING = 72;

    /**
     * A column.
     *
     * @param name the name of the target
     * @param version the version of the target
     * @param verdict the answer of its run
     * @param score its share of rules kept
     */
    record Target(String name, String version, Banner verdict, Score score) {}

    /**
     * The rows of a family.
     *
     * @param letter the letter of its rules
     * @param title what it stands for
     * @param rows the rows, in the order of the specification
     */
    record Family(String letter, String title, List<Row> rows) {}

    /**
     * A rule.
     *
     * @param id its id
     * @param level how strongly it binds, with the capability that makes it binding
     * @param sentence the whole of it
     * @param beginning the first words of it, in Markdown
     * @param marks how each target fared
     */
    record Row(String id, String level, List<Sentence.Part> sentence, String beginning, List<Mark> marks) {}

    /** How many columns the table has: one for the rules, one a target. */
    int columns() {
        return targets.size() + 1;
    }

    /** The view of some runs, with the targets' own texts escaped so. */
    static MatrixView of(List<RunResult> results, UnaryOperator<String> escape) {
        return new MatrixView(
                distinct(results.stream().map(RunResult::kitVersion).toList()),
                distinct(results.stream().map(RunResult::specVersion).toList()),
                results.stream().map(it -> target(it, escape)).toList(),
                families(results),
                Arrays.stream(Status.values()).map(Mark::of).toList());
    }

    private static Target target(RunResult result, UnaryOperator<String> escape) {
        return new Target(
                escape.apply(result.targetName()),
                escape.apply(result.targetVersion()),
                Banner.of(result),
                Score.of("", result.rules(), result.capabilities()));
    }

    private static List<Family> families(List<RunResult> results) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        results.forEach(
                run -> run.rules().forEach(it -> rules.putIfAbsent(it.rule().id(), it.rule())));
        Map<String, List<Row>> rows = rules.values().stream()
                .collect(Collectors.groupingBy(
                        Rule::family,
                        LinkedHashMap::new,
                        Collectors.mapping(it -> row(it, results), Collectors.toList())));
        List<Family> families = new ArrayList<>();
        rows.forEach((letter, it) -> families.add(new Family(letter, Families.title(letter), it)));
        return families;
    }

    private static Row row(Rule rule, List<RunResult> results) {
        return new Row(
                rule.id(),
                (rule.level() + " " + rule.capability()).strip(),
                Sentence.parts(rule.sentence()),
                Markdown.sentence(Sentence.beginning(rule.sentence(), BEGINNING)),
                results.stream().map(it -> mark(rule, it)).toList());
    }

    private static Mark mark(Rule rule, RunResult result) {
        return result.rules().stream()
                .filter(it -> it.rule().id().equals(rule.id()))
                .map(RuleResult::status)
                .map(Mark::of)
                .findFirst()
                .orElse(Mark.of(Status.NOT_RUN));
    }

    private static String distinct(List<String> versions) {
        return versions.stream().distinct().collect(Collectors.joining(", "));
    }
}
