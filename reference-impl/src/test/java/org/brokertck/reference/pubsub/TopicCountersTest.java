package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first topics are counted apart, the others together, and nothing is counted nowhere. */
@Timeout(60)
class TopicCountersTest {
    @Test
    void theTopicsThatFindNoRoomAreCountedTogether() {
        TopicCounters counters = new TopicCounters(2);
        for (String topic : List.of("a", "b", "c", "a", "d", "c")) {
            counters.of(topic).published();
        }
        counters.of("b").delivered();
        counters.of("c").delivered();
        counters.of("d").dropped();

        assertThat(counters.snapshot(7))
                .isEqualTo(new PubSubMetrics(
                        Map.of("a", new TopicCounts(2, 0, 0), "b", new TopicCounts(1, 1, 0)),
                        new TopicCounts(3, 1, 1),
                        7));
    }

    @Test
    void countsAreExactHoweverManyThreadsFillTheRoomAtOnce() {
        for (int round = 0; round < 50; round++) {
            TopicCounters counters = new TopicCounters(10);
            List<Call> calls = IntStream.range(0, 4)
                    .mapToObj(thread -> Call.start(() -> IntStream.range(0, 1000)
                            .forEach(i -> counters.of("t" + i % 15).published())))
                    .toList();

            assertThat(calls).allMatch(it -> it.thrown() == null);
            PubSubMetrics metrics = counters.snapshot(0);
            assertThat(metrics.topics()).hasSize(10);
            assertThat(metrics.total()).isEqualTo(new TopicCounts(4000, 0, 0));
            assertThat(metrics.topics().values()).allMatch(it -> it.published() >= 4 * 66);
        }
    }
}
