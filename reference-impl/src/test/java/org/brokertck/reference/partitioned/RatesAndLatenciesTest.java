package org.brokertck.reference.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.partitioned.Logs.GROUP;
import static org.brokertck.reference.partitioned.Logs.TOPIC;
import static org.brokertck.reference.partitioned.Logs.bytes;
import static org.brokertck.reference.partitioned.Logs.eventually;

import java.time.Duration;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RatesAndLatenciesTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryPartitionedBroker broker = InMemoryPartitionedBroker.open(
            "rates",
            PartitionedConfig.builder()
                    .rateWindow(Duration.ofSeconds(10))
                    .deliveryLimit(1)
                    .build(),
            clock);

    @BeforeEach
    void create() {
        broker.createTopic(TOPIC, 2);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void ratesLookBackOverTheWindow() {
        for (int i = 0; i < 20; i++) {
            broker.produce(TOPIC, null, bytes("five5"));
            clock.advance(Duration.ofSeconds(1));
        }
        PartitionedMetrics busy = broker.metrics();
        assertThat(busy.messagesPerSecond()).isBetween(0.9, 1.1);
        assertThat(busy.bytesPerSecond()).isBetween(4.5, 5.5);
        clock.advance(Duration.ofSeconds(5));
        assertThat(broker.metrics().messagesPerSecond()).isBetween(0.4, 0.6);
        clock.advance(Duration.ofSeconds(6));
        assertThat(broker.metrics().messagesPerSecond()).isZero();
        broker.produce(TOPIC, null, bytes("five5"));
        assertThat(broker.metrics().messagesPerSecond()).isEqualTo(0.1);
    }

    @Test
    void theErrorRateCountsProducesAndAttempts() {
        broker.subscribe(TOPIC, GROUP, record -> {
            if (record.offset() == 0) {
                throw new IllegalStateException();
            }
        });
        for (int i = 0; i < 4; i++) {
            broker.produce(TOPIC, null, bytes("v"));
        }
        eventually().until(() -> Logs.committed(broker, GROUP) == 4);
        assertThat(broker.metrics().errorRate()).isEqualTo(0.25);
        clock.advance(Duration.ofMinutes(1));
        assertThat(broker.metrics().errorRate()).isZero();
    }

    @Test
    void countsAreExactAtQuiescenceAndConsistentBefore() throws Exception {
        broker.subscribe(TOPIC, GROUP, record -> {});
        broker.subscribe(TOPIC, "other", record -> {});
        Thread producer = new Thread(() -> {
            for (int i = 0; i < 50_000; i++) {
                broker.produce(TOPIC, "k" + i % 10, bytes("five5"));
            }
        });
        producer.start();
        long batchesBefore = 0;
        while (producer.isAlive()) {
            PartitionedMetrics metrics = broker.metrics();
            TopicMetrics topic = Logs.topicMetrics(broker);
            assertThat(topic.messagesConsumed()).isLessThanOrEqualTo(2 * topic.messagesProduced());
            assertThat(topic.bytesConsumed()).isLessThanOrEqualTo(2 * topic.bytesProduced());
            assertThat(metrics.batches()).isGreaterThanOrEqualTo(batchesBefore);
            batchesBefore = metrics.batches();
        }
        producer.join();
        eventually().until(() -> Logs.committed(broker, GROUP) == 50_000 && Logs.committed(broker, "other") == 50_000);
        assertThat(Logs.topicMetrics(broker)).isEqualTo(new TopicMetrics(2, 50_000, 100_000, 250_000, 500_000));
        assertThat(broker.metrics().batches()).isBetween(1L, 49_999L);
    }
}
