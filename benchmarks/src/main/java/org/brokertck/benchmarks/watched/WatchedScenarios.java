package org.brokertck.benchmarks.watched;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.brokertck.benchmarks.forks.Forks;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** What being watched costs: the reference beside the reference that is watched, in turns. */
public final class WatchedScenarios {
    private static final String REFERENCE = "in-memory";

    /** As JMH names the bytes that all threads allocate for an operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Forks forks;
    private final Consumer<String> progress;

    /**
     * @param forks how long each takes
     * @param progress told in a sentence what is done next
     */
    public WatchedScenarios(Forks forks, Consumer<String> progress) {
        this.forks = forks;
        this.progress = progress;
    }

    /** Measures all contracts. */
    public List<Scenario> all() throws RunnerException {
        List<Scenario> scenarios = new ArrayList<>();
        for (Watchable contract : Watchable.values()) {
            String id = contract.name().toLowerCase(Locale.ROOT);
            scenarios.add(scenario(
                    id,
                    "%d → %d"
                            .formatted(
                                    contract.setup().producers(),
                                    contract.setup().consumers()),
                    () -> forks.options(WatchedBenchmark.class)
                            .param("contract", contract.name())
                            .threads(contract.setup().producers())));
        }
        scenarios.add(scenario(
                "queue-burst",
                "a burst of messages goes in while the consumer is held, and comes out when it is let go",
                () -> forks.options(BurstBenchmark.class)));
        return scenarios;
    }

    private Scenario scenario(String id, String load, Supplier<ChainedOptionsBuilder> options) throws RunnerException {
        Findings findings = new Findings();
        for (int round = 0; round < forks.rounds(); round++) {
            progress.accept("watched-%s: round %d".formatted(id, round + 1));
            for (RunResult result : Forks.run(options.get().addProfiler(GCProfiler.class))) {
                boolean watched = Boolean.parseBoolean(result.getParams().getParam("watched"));
                String candidate = watched ? REFERENCE + ", watched" : REFERENCE;
                findings.add(
                        candidate, Metric.THROUGHPUT, result.getPrimaryResult().getScore());
                findings.add(
                        candidate,
                        Metric.ALLOCATED,
                        Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                                .getScore());
            }
        }
        return findings.scenario(
                "watched-" + id,
                "Watched: " + id,
                "The reference, and the reference whose every message a monitor counts, each in JVMs of its own; %s."
                        .formatted(load),
                REFERENCE);
    }
}
