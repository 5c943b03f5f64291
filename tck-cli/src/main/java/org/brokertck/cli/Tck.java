package org.brokertck.cli;

import java.io.PrintWriter;
import org.brokertck.tck.run.Runner;
import org.brokertck.tck.spec.SpecCatalogue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code tck}. */
@Command(
        name = "tck",
        mixinStandardHelpOptions = true,
        versionProvider = Tck.Version.class,
        subcommands = {
            RunCommand.class,
            MatrixCommand.class,
            BenchCommand.class,
            ServeCommand.class,
            RulesCommand.class,
            ExplainCommand.class
        },
        description =
                "Proves by evidence whether a message broker, an adapter or a fake keeps the rules its users rely on.",
        footer = {
            "",
            "Exit codes: 0 conformant, 1 a rule failed or was inconclusive, 2 usage, 3 nothing ran,",
            "4 target unreachable or not found."
        })
public final class Tck {
    private Tck() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        // Threads of a target that failed to close must not keep the verdict from its reader.
        System.exit(code);
    }

    /** The command with its handlers, for tests as well. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Tck());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return line;
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof NoTargetException) {
            err.println(failure.getMessage());
            return ExitCode.NO_TARGET;
        }
        if (failure instanceof IllegalArgumentException) {
            err.println(failure.getMessage());
            return ExitCode.USAGE;
        }
        err.println("The kit itself failed; please report this:");
        failure.printStackTrace(err);
        return ExitCode.NOT_CONFORMANT;
    }

    /** The versions of the kit and of its specification. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "Broker TCK " + Runner.kitVersion() + ", specification "
                        + SpecCatalogue.shipped().version()
            };
        }
    }
}
