package org.brokertck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * {@code tck run} by a test. What it finds stands in the failure itself: a build's summary is often all that is left
 * of a run on another machine.
 */
final class WholeRun {
    private static final Pattern NO_FINDING = Pattern.compile("\\[ *\\d+/\\d+] (passed|not supported|not run) .*");

    private WholeRun() {}

    static void findsNoFault(String... options) {
        StringWriter printed = new StringWriter();
        CommandLine tck = Tck.commandLine().setOut(new Tee(printed));
        int code =
                tck.execute(Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
        assertThat(code).as(() -> findings(printed.toString())).isEqualTo(ExitCode.CONFORMANT);
    }

    private static String findings(String printed) {
        return printed.lines()
                .filter(line -> !NO_FINDING.matcher(line).matches())
                .collect(Collectors.joining("\n"));
    }

    /** Prints at once, so that the run can be followed, and keeps what was printed. */
    private static final class Tee extends PrintWriter {
        Tee(StringWriter kept) {
            super(kept);
        }

        @Override
        public void println(String line) {
            super.println(line);
            System.out.println(line);
        }
    }
}
