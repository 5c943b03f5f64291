package org.brokertck.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.metrics;
import static org.brokertck.tck.history.Histories.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events in words. */
class TimelineTest {
    private record Tick(long at) implements Moment {
        @Override
        public String describe() {
            return "tick " + at;
        }
    }

    private static List<Tick> ticks(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Tick(i)).toList();
    }

    @Test
    void nothingIsNoLine() {
        assertThat(Timeline.render(List.of())).isEmpty();
    }

    @Test
    void oneLineAnEventByTimeSinceTheFirst() {
        QueueHistory history = Histories.history(
                produce("a").at(5, 6).ok(),
                produce("b").at(6, 8).refused("full"),
                produce("d").at(7, 8).pending(),
                attempt("c", "a").at(8, 10).failed(),
                attempt("c", "a").at(11, 11).running(),
                metrics(12, 13, 1, 0, 1, 1, 0));
        List<Moment> moments = new ArrayList<>(history.samples());
        moments.addAll(history.attempts());
        moments.addAll(history.produces());
        moments.addAll(history.produces());
        assertThat(Timeline.render(moments).lines())
                .containsExactly(
                        "       0.000  p produces a: OK, took 1.000 ms",
                        "       1.000  p produces b: REFUSED, took 2.000 ms (full)",
                        "       2.000  p produces d: PENDING",
                        "       3.000  c attempts a (retries=0): FAILED after 2.000 ms",
                        "       6.000  c attempts a (retries=1): RUNNING",
                        "       7.000  metrics: produced=1 consumed=0 failed=1 inFlight=1 deadLetters=0");
    }

    @Test
    void consumersJoinAndAreClosed() {
        assertThat(new ConsumerSpan("c", 3, 5, Long.MAX_VALUE))
                .extracting(ConsumerSpan::at, ConsumerSpan::describe)
                .containsExactly(3L, "c joins");
        assertThat(new ConsumerSpan("c", 3, 5, 7))
                .extracting(ConsumerSpan::at, ConsumerSpan::describe)
                .containsExactly(7L, "c is closed");
    }

    @Test
    void aLongOneIsCutInTheMiddle() {
        assertThat(Timeline.render(ticks(20)).lines()).hasSize(20).noneMatch(it -> it.contains("more"));
        assertThat(Timeline.render(ticks(50)).lines())
                .hasSize(21)
                .contains("    … 30 more …")
                .anyMatch(it -> it.endsWith("tick 9"))
                .noneMatch(it -> it.endsWith("tick 10"))
                .noneMatch(it -> it.endsWith("tick 39"))
                .anyMatch(it -> it.endsWith("tick 40"));
    }
}
