package org.brokertck.tck.report;

import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.TestResult;

/** The command that repeats a whole run. */
final class Reproduction {
    private static final String RULES = " --rules ";

    private Reproduction() {}

    /** As the run's own replay commands say; a run without any was started for the target by its name. */
    static String command(RunResult result) {
        String command = result.rules().stream()
                .flatMap(it -> it.tests().stream())
                .map(TestResult::replay)
                .filter(it -> it.contains(RULES))
                .map(it -> it.substring(0, it.lastIndexOf(RULES)))
                .findFirst()
                .orElse("./tck run --target " + result.targetName());
        return Legible.of(command + " --seed " + result.seed());
    }
}
