package org.brokertck.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.performance.profile.Pace;
import org.brokertck.performance.profile.Profile;
import org.brokertck.performance.result.Measurements;
import org.brokertck.performance.result.ResultJson;
import org.brokertck.performance.result.ResultPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tck bench}: takes a target's performance profile. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures throughput and latency of one target through its contracts, beside a bare hand-off of the same"
                    + " records, and writes bench.html and bench.json.",
            "Exit codes: 0 measured, 1 a measurement was thrown away since records were lost, doubled or refused, 2 usage,"
                    + " 3 the target provides none of the contracts, 4 target unreachable or not found."
        })
final class BenchCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            defaultValue = "${sys:tck.target:-in-memory}",
            paramLabel = "NAME|CLASS",
            description = "in-memory (default), rabbitmq, redis, or the class of your own target.")
    private String target = "in-memory";

    @Option(
            names = "--contract",
            split = ",",
            paramLabel = "NAME",
            description = "The contracts to profile: ${COMPLETION-CANDIDATES}. Default: all that the target provides.")
    private Set<Contract> contracts = EnumSet.allOf(Contract.class);

    @Option(names = "--quick", description = "A second or two, to see that it works. The figures mean nothing.")
    private boolean quick;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "The folder of bench.html and bench.json. Default: target/tck/<target>.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print bench.json instead of progress and figures.")
    private boolean json;

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        BenchTerminal terminal = new BenchTerminal(spec.commandLine().getOut(), json);
        try (ConformanceTarget opened = new Targets(targets).open(target)) {
            Probe.reach(opened);
            terminal.start(opened);
            Pace pace = quick ? Pace.smoke() : Pace.standard();
            Measurements found = new Profile(opened, pace, terminal::progress).run(contracts);
            save("bench.json", ResultJson.of(found));
            terminal.show(found, save("bench.html", ResultPage.of(found)));
            return exitCode(found);
        }
    }

    private static int exitCode(Measurements found) {
        if (found.scenarios().isEmpty()) {
            return ExitCode.NOTHING_RAN;
        }
        return found.hasDiscarded() ? ExitCode.NOT_CONFORMANT : ExitCode.CONFORMANT;
    }

    private Path save(String name, String text) {
        Path folder = report != null ? report : Path.of("target", "tck", target);
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The result " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
