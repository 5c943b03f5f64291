package org.brokertck.cli.unsafe;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.RuleSelection;
import org.brokertck.tck.run.Runner;
import org.brokertck.tck.run.Tries;
import org.brokertck.tck.suite.Suites;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** Runs the kit on a target for one rule, as the command line does, and leaves the kit's settings as they were. */
final class Trial {
    /** The random workloads are the same ones each time. */
    private static final String SEED = "42";

    private Trial() {}

    static RuleResult run(ConformanceTarget target, String rule, double patience, Path reportFolder) {
        Map<String, String> settings = Map.of(
                Tries.TRIES_PROPERTY,
                "1",
                Tries.SEED_PROPERTY,
                SEED,
                TckTimeouts.FACTOR_PROPERTY,
                Double.toString(patience));
        Map<String, String> before = new TreeMap<>();
        settings.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
        try {
            Replay replay = new Replay("./tck run --target " + target.name(), "", SEED);
            Runner runner = new Runner(target, RuleSelection.parse(rule), replay, (r, test) -> {}, reportFolder);
            // A set-up is of one contract.
            Contract contract = target.contracts().iterator().next();
            return runner.run(contract, Suites.of(contract)).rules().stream()
                    .filter(it -> it.rule().id().equals(rule))
                    .findFirst()
                    .orElseThrow();
        } finally {
            before.forEach(Trial::restore);
        }
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            System.clearProperty(key);
        } else {
            System.setProperty(key, value);
        }
    }
}
