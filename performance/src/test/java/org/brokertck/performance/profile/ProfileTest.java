package org.brokertck.performance.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.performance.result.Measurements;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;
import org.brokertck.reference.target.InMemoryTarget;
import org.junit.jupiter.api.Test;

/** A profile of the reference, in a second or two. */
class ProfileTest {
    private final ConformanceTarget reference = new InMemoryTarget();

    @Test
    void everyContractHasAThroughputAndALatencyBesideTheCeiling() throws InterruptedException {
        Measurements found = new Profile(reference, Pace.smoke(), it -> {}).run(EnumSet.allOf(Contract.class));
        assertThat(found.scenarios())
                .extracting(Scenario::id)
                .containsExactly(
                        "queue-throughput",
                        "queue-latency",
                        "pubsub-throughput",
                        "pubsub-latency",
                        "partitioned-throughput",
                        "partitioned-latency",
                        "broker-throughput",
                        "broker-latency");
        assertThat(found.scenarios()).allSatisfy(scenario -> {
            assertThat(scenario.leftOut()).isEmpty();
            assertThat(scenario.candidates()).containsExactly(reference.name(), Profile.CEILING);
            Metric metric = scenario.id().endsWith("latency") ? Metric.END_TO_END_P50 : Metric.THROUGHPUT;
            assertThat(scenario.figure(reference.name(), metric).orElseThrow().median())
                    .isPositive();
        });
    }

    @Test
    void contractsThatWereNotAskedForAreLeftAlone() throws InterruptedException {
        assertThat(new Profile(reference, Pace.smoke(), it -> {})
                        .run(Set.of(Contract.PUBSUB))
                        .scenarios())
                .hasSize(2);
    }
}
