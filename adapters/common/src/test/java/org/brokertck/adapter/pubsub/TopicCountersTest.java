package org.brokertck.adapter.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.TopicCounts;
import org.junit.jupiter.api.Test;

class TopicCountersTest {
    @Test
    void tellsSoManyTopicsApartAndSumsUpTheOthers() {
        TopicCounters counters = new TopicCounters(2);

        IntStream.range(0, 5).forEach(i -> counters.of("t" + i).published());
        counters.of("t0").delivered();
        counters.of("t4").dropped();

        PubSubMetrics sample = counters.sample(7);
        assertThat(sample.topics()).containsOnlyKeys("t0", "t1");
        assertThat(sample.of("t0")).isEqualTo(new TopicCounts(1, 1, 0));
        assertThat(sample.others()).isEqualTo(new TopicCounts(3, 0, 1));
        assertThat(sample.subscriptions()).isEqualTo(7);
    }

    @Test
    void neverHoldsMoreUnderLoad() {
        for (int round = 0; round < 50; round++) {
            TopicCounters counters = new TopicCounters(10);
            IntStream.range(0, 1000)
                    .parallel()
                    .forEach(i -> counters.of("t" + i % 50).published());
            PubSubMetrics sample = counters.sample(0);
            assertThat(sample.topics()).hasSize(10);
            assertThat(sample.total().published()).isEqualTo(1000);
        }
    }
}
