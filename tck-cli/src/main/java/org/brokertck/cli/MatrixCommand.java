package org.brokertck.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.report.MatrixReport;
import org.brokertck.tck.report.Reports;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tck matrix}: runs several targets one after another and sets them side by side. */
@Command(
        name = "matrix",
        mixinStandardHelpOptions = true,
        description = "Runs several targets one after another and sets them side by side, as Markdown and HTML.")
final class MatrixCommand implements Callable<Integer> {
    @Option(
            names = "--targets",
            required = true,
            split = ",",
            paramLabel = "NAME|CLASS",
            description = "The targets, separated by commas.")
    private List<String> names = List.of();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "The folder of the reports. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("target", "tck");

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    @Mixin
    private final RunSettings settings = new RunSettings();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        settings.apply();
        settings.selection();
        PrintWriter out = spec.commandLine().getOut();
        List<RunResult> results = new ArrayList<>();
        for (String name : names) {
            results.add(run(name, new Terminal(out, false)));
        }
        Path html = MatrixReport.write(results, report);
        out.println();
        out.println(MatrixReport.markdown(results));
        out.println("Matrix: " + html);
        out.println(summary(results));
        out.flush();
        return results.stream().mapToInt(RunCommand::exitCode).max().orElse(ExitCode.NOTHING_RAN);
    }

    private RunResult run(String name, Terminal terminal) {
        Replay replay = settings.replay("./tck run --target " + name + targets.text());
        Path folder = report.resolve(name);
        try (ConformanceTarget opened = new Targets(targets).open(name)) {
            RunResult result = new TargetRun(opened, settings, replay, terminal).run(folder);
            terminal.verdict(result, Reports.write(result, folder));
            return result;
        }
    }

    /** The rules of all targets in one line, as a single run ends too. */
    private static String summary(List<RunResult> results) {
        long passed = results.stream().mapToLong(it -> it.count(Status.PASSED)).sum();
        long failed = results.stream()
                .flatMap(it -> it.rules().stream())
                .filter(it -> it.status().isRed())
                .count();
        long all = results.stream().mapToLong(it -> it.rules().size()).sum();
        return "%d passed, %d failed, %d skipped".formatted(passed, failed, all - passed - failed);
    }
}
