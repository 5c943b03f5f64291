package org.brokertck.benchmarks;

import java.util.List;
import java.util.function.Consumer;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.compare.Comparison;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.compare.Rounds;
import org.brokertck.performance.contract.PartitionedCandidate;
import org.brokertck.performance.contract.PubSubCandidate;
import org.brokertck.performance.contract.QueueCandidate;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Load;
import org.brokertck.performance.load.LoadCost;
import org.brokertck.performance.load.Loads;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.result.Scenario;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;

/** What being watched costs: the reference beside the reference that is watched, in turns. */
final class WatchedScenarios {
    private static final int PARTITIONS = 4;

    private final ConformanceTarget reference;
    private final Pace pace;
    private final Consumer<String> progress;

    WatchedScenarios(ConformanceTarget reference, Pace pace, Consumer<String> progress) {
        this.reference = reference;
        this.pace = pace;
        this.progress = progress;
    }

    List<Scenario> all() throws InterruptedException {
        try (QueueMonitor monitor = InMemoryQueueMonitor.open("benchmark", MonitorConfig.defaults());
                BrokerWatch watch = BrokerWatch.on(monitor)) {
            ConformanceTarget watched = watch.target(reference);
            return List.of(
                    scenario(
                            "queue",
                            List.of(new QueueCandidate(reference), new QueueCandidate(watched)),
                            Loads.messages(),
                            Setup.of(1, 1)),
                    scenario(
                            "pubsub",
                            List.of(new PubSubCandidate(reference), new PubSubCandidate(watched)),
                            Loads.messages(),
                            Setup.of(1, 1)),
                    scenario(
                            "partitioned",
                            List.of(new PartitionedCandidate(reference), new PartitionedCandidate(watched)),
                            Loads.keyed(),
                            Setup.of(2, 1).withPartitions(PARTITIONS)));
        }
    }

    private <T> Scenario scenario(String contract, List<Candidate<T>> candidates, Load<T> load, Setup setup)
            throws InterruptedException {
        String id = "watched-" + contract;
        Findings findings = new Findings();
        Rounds rounds = new Rounds(pace.warmUps(), pace.rounds(), it -> progress.accept(id + ": " + it));
        new Comparison<>(candidates, load, setup)
                .throughput(pace.throughput(), LoadCost.bytesPerRecord(load), rounds, findings);
        return findings.scenario(
                id,
                "Watched: " + contract,
                "The reference, and the reference whose every message a monitor counts; %d → %d."
                        .formatted(setup.producers(), setup.consumers()),
                reference.name());
    }
}
