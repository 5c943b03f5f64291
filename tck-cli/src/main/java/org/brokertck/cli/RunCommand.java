package org.brokertck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.report.JsonReport;
import org.brokertck.tck.report.Reports;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RunResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tck run}: runs the rules against one target. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the rules against one target, and writes report.html, report.json and JUnit XML.")
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            defaultValue = "${sys:tck.target:-in-memory}",
            paramLabel = "NAME|CLASS",
            description = "in-memory (default), rabbitmq, redis, or the class of your own target.")
    private String target = "in-memory";

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "The folder of the report. Default: target/tck/<target>.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print report.json instead of progress.")
    private boolean json;

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
        Terminal terminal = new Terminal(spec.commandLine().getOut(), json);
        Replay replay = settings.replay("./tck run --target " + target + targets.text());
        try (ConformanceTarget opened = new Targets(targets).open(target)) {
            RunResult result = new TargetRun(opened, settings, replay, terminal).run(folder());
            Path html = Reports.write(result, folder());
            if (json) {
                spec.commandLine().getOut().println(JsonReport.of(result));
            }
            terminal.verdict(result, html);
            return exitCode(result);
        }
    }

    private Path folder() {
        return report != null ? report : Path.of("target", "tck", target);
    }

    static int exitCode(RunResult result) {
        return switch (result.verdict()) {
            case CONFORMANT -> ExitCode.CONFORMANT;
            case NOT_CONFORMANT -> ExitCode.NOT_CONFORMANT;
            case NOTHING_RAN -> ExitCode.NOTHING_RAN;
        };
    }
}
