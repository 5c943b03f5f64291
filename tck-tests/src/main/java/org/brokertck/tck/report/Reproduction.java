package org.brokertck.tck.report;

import java.util.List;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.TestResult;

/** The commands that repeat a run, or a part of it. */
final class Reproduction {
    private static final String RULES = " --rules ";

    private Reproduction() {}

    /** As the run's own replay commands say; a run without any was started for the target by its name. */
    static List<String> command(RunResult result) {
        String command = result.rules().stream()
                .flatMap(it -> it.tests().stream())
                .map(TestResult::replay)
                .filter(it -> it.contains(RULES))
                .map(it -> it.substring(0, it.lastIndexOf(RULES)))
                .findFirst()
                .orElse("./tck run --target " + result.targetName());
        return words(command + " --seed " + result.seed());
    }

    /** A command as words, none of which a page breaks while it fits on a line; none when it is empty. */
    static List<String> words(String command) {
        return command.isEmpty() ? List.of() : List.of(Legible.of(command).split(" ", -1));
    }
}
