package org.brokertck.performance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.DiscardedException;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;
import org.junit.jupiter.api.Test;

/** Turns, warm-up, and what becomes of a candidate that fails. */
class RoundsTest {
    /** Is not opened here. */
    private record Named(String name) implements Candidate<Keyed> {
        @Override
        public Lane<Keyed> open(Setup setup, Sink sink) {
            throw new UnsupportedOperationException(name);
        }
    }

    private static final List<Candidate<Keyed>> CANDIDATES = List.of(new Named("a"), new Named("b"), new Named("c"));

    private final List<String> order = new ArrayList<>();
    private final Findings findings = new Findings();

    @Test
    void eachRoundBeginsWithTheNextOneAndTheWarmUpIsForgotten() throws InterruptedException {
        new Rounds(1, 2, it -> {})
                .run(
                        CANDIDATES,
                        (candidate, into) -> {
                            order.add(candidate.name());
                            into.add(candidate.name(), Metric.THROUGHPUT, order.size());
                        },
                        findings);
        assertThat(String.join("", order)).isEqualTo("abcbcacab");
        Scenario scenario = findings.scenario("x", "X", "how", "a");
        assertThat(scenario.candidates()).containsExactly("a", "b", "c");
        assertThat(scenario.figure("a", Metric.THROUGHPUT).orElseThrow().samples())
                .containsExactly(6.0, 8.0);
    }

    @Test
    void oneThatFailsLosesAllItsFiguresAndIsNotMeasuredAgain() throws InterruptedException {
        new Rounds(0, 3, it -> {})
                .run(
                        CANDIDATES,
                        (candidate, into) -> {
                            order.add(candidate.name());
                            into.add(candidate.name(), Metric.THROUGHPUT, 1);
                            if (candidate.name().equals("b") && order.size() > 3) {
                                throw new DiscardedException("one record is missing");
                            }
                        },
                        findings);
        assertThat(order).hasSize(8);
        Scenario scenario = findings.scenario("x", "X", "how", "a");
        assertThat(scenario.candidates()).containsExactly("a", "c");
        assertThat(scenario.leftOut()).singleElement().satisfies(it -> {
            assertThat(it.candidate()).isEqualTo("b");
            assertThat(it.reason()).isEqualTo("one record is missing");
            assertThat(it.discarded()).isTrue();
        });
    }
}
