package org.brokertck.benchmarks.forks;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How long JMH measures in each JVM that it starts. Candidates that took turns in one JVM would spoil each other's compiled code.
 *
 * @param rounds how often each candidate is measured, each time in a JVM of its own
 * @param iterations for warming up, and as many that count
 * @param warmUpMillis how long each takes that warms up
 * @param millis how long each takes that counts
 */
public record Forks(int rounds, int iterations, int warmUpMillis, int millis) {
    private static final String HEAP = "-Xmx2g";

    /** The same with so many rounds at most. */
    public Forks atMost(int most) {
        return new Forks(Math.min(most, rounds), iterations, warmUpMillis, millis);
    }

    /** One round of a benchmark, with parameters still to be chosen. */
    public ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\.")
                .forks(1)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.milliseconds(warmUpMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .jvmArgs(HEAP)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    /** Runs one round. */
    public static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }
}
