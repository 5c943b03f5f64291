package org.brokertck.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.result.Amounts;
import org.brokertck.performance.result.Figure;
import org.brokertck.performance.result.LeftOut;
import org.brokertck.performance.result.Measurements;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.ResultJson;
import org.brokertck.performance.result.Scenario;

/** What a person sees of a profile: what is measured now, and the figures at the end. */
final class BenchTerminal {
    private final PrintWriter out;
    private final boolean json;
    private String stage = "";

    /** @param json whether the figures are printed as JSON, and nothing else */
    BenchTerminal(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void start(ConformanceTarget target) {
        line("Broker TCK: performance profile of %s %s".formatted(target.name(), target.version()));
    }

    /** Told of each measurement; tells each stage once. */
    void progress(String step) {
        String now = step.substring(0, step.indexOf(':'));
        if (!now.equals(stage)) {
            stage = now;
            line("  " + now + " ...");
        }
    }

    void show(Measurements found, Path html) {
        line("");
        found.scenarios().forEach(this::show);
        line("Machine: " + found.machine().text());
        line("Report: " + html);
        if (found.scenarios().isEmpty()) {
            line("Nothing was measured: the target provides none of the contracts that were asked for");
        }
        if (json) {
            out.print(ResultJson.of(found));
        }
        out.flush();
    }

    private void show(Scenario scenario) {
        line(scenario.title() + ": " + scenario.how());
        for (Metric metric : scenario.metrics()) {
            for (String candidate : scenario.candidates()) {
                scenario.figure(candidate, metric).ifPresent(it -> line(row(scenario, it)));
            }
        }
        for (LeftOut missing : scenario.leftOut()) {
            line("  %s: %s. %s"
                    .formatted(missing.candidate(), missing.discarded() ? "DISCARDED" : "left out", missing.reason()));
        }
        line("");
    }

    private static String row(Scenario scenario, Figure figure) {
        String share = figure.candidate().equals(scenario.ceiling())
                ? ""
                : scenario.ofCeiling(figure).map(it -> Amounts.factor(it)).orElse("");
        return "  %-32s %-16s %10s %-13s %-9s (%s – %s)"
                .formatted(
                        figure.metric().label(),
                        figure.candidate(),
                        Amounts.of(figure.median()),
                        figure.metric().unit(),
                        share,
                        Amounts.of(figure.min()),
                        Amounts.of(figure.max()));
    }

    private void line(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }
}
