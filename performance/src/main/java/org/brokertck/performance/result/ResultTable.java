package org.brokertck.performance.result;

import java.util.Optional;

/** Measurements as Markdown: a table for each scenario, with medians, the range of all rounds, and the share of the ceiling. */
public final class ResultTable {
    private ResultTable() {}

    /** All tables, with where and when the figures were taken before them. */
    public static String of(Measurements measurements) {
        StringBuilder text = new StringBuilder();
        text.append("Taken %s: %s.\n"
                .formatted(measurements.startedAt(), measurements.machine().text()));
        measurements.scenarios().forEach(it -> text.append('\n').append(of(it)));
        return text.toString();
    }

    private static String of(Scenario scenario) {
        StringBuilder text = new StringBuilder("### %s\n\n%s\n".formatted(scenario.title(), scenario.how()));
        if (!scenario.figures().isEmpty()) {
            text.append('\n').append(table(scenario));
        }
        scenario.leftOut()
                .forEach(it -> text.append("\n**%s: %s.** %s\n"
                        .formatted(it.candidate(), it.discarded() ? "DISCARDED" : "LEFT OUT", it.reason())));
        return text.toString();
    }

    private static StringBuilder table(Scenario scenario) {
        StringBuilder head = new StringBuilder("| candidate |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Metric metric : scenario.metrics()) {
            head.append(" %s (%s) |".formatted(metric.label(), metric.unit()));
            rule.append("---:|");
        }
        StringBuilder table = head.append('\n').append(rule).append('\n');
        for (String candidate : scenario.candidates()) {
            table.append("| ").append(candidate).append(" |");
            for (Metric metric : scenario.metrics()) {
                Optional<Figure> figure = scenario.figure(candidate, metric);
                table.append(' ')
                        .append(figure.map(it -> cell(scenario, it)).orElse("–"))
                        .append(" |");
            }
            table.append('\n');
        }
        return table;
    }

    private static String cell(Scenario scenario, Figure figure) {
        String share = figure.candidate().equals(scenario.ceiling())
                ? ""
                : scenario.ofCeiling(figure)
                        .map(it -> ", " + Amounts.factor(it))
                        .orElse("");
        String range = figure.samples().size() == 1
                ? ""
                : " (%s – %s)".formatted(Amounts.of(figure.min()), Amounts.of(figure.max()));
        return "**" + Amounts.of(figure.median()) + "**" + range + share;
    }
}
