package org.brokertck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RuleSelection;
import org.brokertck.tck.run.Tries;
import org.brokertck.tck.suite.Suites;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is run, how often, and from which seed. */
final class RunSettings {
    @Option(
            names = "--contract",
            split = ",",
            paramLabel = "NAME",
            description = "The contracts to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Contract> contracts = List.copyOf(Suites.contracts());

    @Option(names = "--rules", paramLabel = "IDS", description = "The rules to run, such as Q-3,G-*. Default: all.")
    private @Nullable String rules;

    @Option(
            names = "--tries",
            defaultValue = "${sys:tck.tries}",
            paramLabel = "N",
            description = "Random workloads for each property. Default: 12, or 5 for a remote target.")
    private @Nullable Integer tries;

    @Option(
            names = "--seed",
            defaultValue = "${sys:tck.seed}",
            paramLabel = "S",
            description = "The seed of all random workloads, to replay a run. Default: a fresh one.")
    private @Nullable Long seed;

    @Option(
            names = "--timeout-factor",
            defaultValue = "${sys:tck.timeoutFactor}",
            paramLabel = "F",
            description = "Makes every wait and tolerance so much longer. Default: 1.")
    private @Nullable Double timeoutFactor;

    /** Hands the settings to the kit, whose hooks read system properties. */
    void apply() {
        if (tries != null && tries < 1) {
            throw new IllegalArgumentException("--tries is " + tries + ": it must be 1 or more");
        }
        if (tries != null) {
            System.setProperty(Tries.TRIES_PROPERTY, tries.toString());
        }
        if (timeoutFactor != null) {
            System.setProperty(TckTimeouts.FACTOR_PROPERTY, timeoutFactor.toString());
        }
        // Refuses a factor that is out of bounds, before anything is started.
        TckTimeouts.current();
    }

    List<Contract> contracts() {
        return contracts;
    }

    RuleSelection selection() {
        return rules == null ? RuleSelection.all() : RuleSelection.parse(rules);
    }

    /**
     * How to run this again, with the seed that was asked for or one for this run.
     *
     * @param command the command line without any of these settings
     */
    Replay replay(String command) {
        String base = command
                + (tries == null ? "" : " --tries " + tries)
                + (timeoutFactor == null ? "" : " --timeout-factor " + timeoutFactor);
        long used = seed == null ? ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE) : seed;
        return new Replay(base, choice(), Long.toString(used));
    }

    private String choice() {
        List<String> chosen = new ArrayList<>();
        if (!contracts.containsAll(Suites.contracts())) {
            chosen.add("--contract "
                    + contracts.stream()
                            .map(it -> it.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
        }
        if (rules != null) {
            chosen.add("--rules " + rules.replace(" ", ""));
        }
        return String.join(" ", chosen);
    }
}
