package org.brokertck.api.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The counts are found by topic, and add up. */
class PubSubMetricsTest {
    private static final TopicCounts ORDERS = new TopicCounts(5, 3, 1);
    private static final TopicCounts USERS = new TopicCounts(10, 20, 30);
    private static final TopicCounts OTHERS = new TopicCounts(100, 200, 300);

    @Test
    void aTopicThatIsNotThereHasNoCounts() {
        PubSubMetrics metrics = new PubSubMetrics(Map.of("orders", ORDERS), OTHERS, 2);

        assertThat(metrics.of("orders")).isEqualTo(ORDERS);
        assertThat(metrics.of("users")).isEqualTo(TopicCounts.NONE).isEqualTo(new TopicCounts(0, 0, 0));
    }

    @Test
    void theTotalIsThatOfAllTopicsAndTheOthers() {
        PubSubMetrics metrics = new PubSubMetrics(Map.of("orders", ORDERS, "users", USERS), OTHERS, 2);

        assertThat(metrics.total()).isEqualTo(new TopicCounts(115, 223, 331));
        assertThat(new PubSubMetrics(Map.of(), TopicCounts.NONE, 0).total()).isEqualTo(TopicCounts.NONE);
    }

    @Test
    void theMapIsIsolated() {
        Map<String, TopicCounts> topics = new HashMap<>(Map.of("orders", ORDERS));
        PubSubMetrics metrics = new PubSubMetrics(topics, OTHERS, 2);

        topics.clear();

        assertThat(metrics.topics()).isEqualTo(Map.of("orders", ORDERS)).isUnmodifiable();
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PubSubMetrics(null, OTHERS, 0))
                .withMessage("topics");
        assertThatNullPointerException()
                .isThrownBy(() -> new PubSubMetrics(Map.of(), null, 0))
                .withMessage("others");
    }
}
