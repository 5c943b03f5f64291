package org.brokertck.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.Progress;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RuleTestMethods;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.RunResult.Verdict;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.run.TestResult;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.suite.Suites;
import org.brokertck.tck.time.TckTimeouts;
import picocli.CommandLine.Help.Ansi;

/** What a person sees of a run: each test as it ends, findings at once and whole, the verdict at the end. */
final class Terminal implements Progress {
    private final PrintWriter out;
    private final boolean silent;
    private long total;
    private int done;

    /** @param silent whether something else than progress goes to the output, so that only the last line is printed */
    Terminal(PrintWriter out, boolean silent) {
        this.out = out;
        this.silent = silent;
    }

    void start(ConformanceTarget target, RunSettings settings, Replay replay) {
        for (Contract contract : settings.contracts()) {
            RuleTestMethods methods = RuleTestMethods.of(Suites.of(contract));
            total += methods.count(settings.selection());
        }
        line("Broker TCK: %d rule tests on %s %s, seed %s"
                .formatted(total, target.name(), target.version(), replay.seed()));
        if (TckTimeouts.slowness() > 1) {
            line(
                    "This machine was found busy: all waits are %.1f times as long, and so is the run. Again on a quiet one is faster"
                            .formatted(TckTimeouts.slowness()));
        }
    }

    @Override
    public void ended(Rule rule, TestResult test) {
        done++;
        line("[%3d/%d] %s %-5s %s (%d ms)"
                .formatted(done, total, mark(test.status()), rule.id(), words(test.name()), test.durationMillis()));
        if (test.status().isRed()) {
            line(test.message().indent(4).stripTrailing());
            line("      Again: " + test.replay());
        } else if (test.status() == Status.NOT_RUN) {
            line("          " + test.message());
        }
    }

    void verdict(RunResult result, Path html) {
        line("");
        for (RuleResult rule : result.rules()) {
            if (rule.status().isRed()) {
                line(mark(rule.status()) + " " + rule.reason());
            }
        }
        line("%s %s: %s in %.1f s"
                .formatted(
                        result.targetName(),
                        result.targetVersion(),
                        verdict(result.verdict()),
                        result.duration().toMillis() / 1000.0));
        line("Report: " + html);
        if (!silent) {
            out.println(result.summaryLine());
        }
        out.flush();
    }

    private void line(String text) {
        if (!silent) {
            out.println(text);
            out.flush();
        }
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case CONFORMANT -> colour("bold,green", "CONFORMANT");
            case NOT_CONFORMANT -> colour("bold,red", "NOT CONFORMANT");
            case NOTHING_RAN -> colour("bold,yellow", "NOTHING RAN");
        };
    }

    private static String mark(Status status) {
        return switch (status) {
            case PASSED -> colour("green", "passed        ");
            case FAILED -> colour("bold,red", "FAILED        ");
            case INCONCLUSIVE -> colour("bold,yellow", "INCONCLUSIVE  ");
            case ERROR -> colour("bold,red", "ERROR         ");
            case NOT_SUPPORTED -> colour("faint", "not supported ");
            case NOT_RUN -> colour("faint", "not run       ");
        };
    }

    /** Only on a terminal, and never with NO_COLOR: picocli looks at both. */
    private static String colour(String style, String text) {
        return Ansi.AUTO.string("@|" + style + " " + text + "|@");
    }

    /** A method's name as the sentence that it is. */
    private static String words(String name) {
        String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
