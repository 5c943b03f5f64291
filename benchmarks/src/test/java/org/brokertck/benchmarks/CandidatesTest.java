package org.brokertck.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Loads;
import org.brokertck.performance.load.RateRun;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.ThroughputRun;
import org.brokertck.performance.result.Scenario;
import org.brokertck.reference.target.InMemoryTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A moment of each candidate that needs no server: what is sent arrives, each record once, or the measurement throws. */
class CandidatesTest {
    private static final Duration MOMENT = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Stream<Candidate<Keyed>> inThisJvm() {
        return Candidates.inThisJvm(new InMemoryTarget()).stream();
    }

    @ParameterizedTest
    @MethodSource
    void inThisJvm(Candidate<Keyed> candidate) throws Exception {
        Setup setup = Setup.of(2, 1).withPartitions(4);
        assertThat(new ThroughputRun(MOMENT, MOMENT, PATIENCE)
                        .measure(candidate, Loads.course(), setup)
                        .records())
                .isPositive();
        assertThat(new RateRun(1000, MOMENT, MOMENT, PATIENCE)
                        .measure(candidate, Loads.keyed(), setup)
                        .endToEnd()
                        .getTotalCount())
                .isEqualTo(30);
    }

    @Test
    void everyScenarioHasFiguresOfAllWhoAreThere() throws Exception {
        Scenarios scenarios = new Scenarios(new InMemoryTarget(), Pace.smoke(), it -> {});
        List<Scenario> found =
                List.of(scenarios.partitioned(), scenarios.remoteLatency(), scenarios.queue(2, 2), scenarios.idle());
        assertThat(found).allSatisfy(scenario -> {
            assertThat(scenario.figures()).as(scenario.id()).isNotEmpty();
            assertThat(scenario.leftOut())
                    .allSatisfy(it -> assertThat(it.discarded())
                            .as(it.candidate() + ": " + it.reason())
                            .isFalse());
        });
        assertThat(found.get(0).candidates())
                .contains("in-memory", "Disruptor (blocking)", "Artemis in-VM", Candidates.CEILING);
        assertThat(found.get(0).leftOut())
                .extracting(it -> it.candidate())
                .contains("Kafka", "Redis stream", "RabbitMQ");
    }
}
