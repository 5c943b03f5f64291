package org.brokertck.adapter.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.TopicMetrics;
import org.junit.jupiter.api.Test;

class LogFiguresTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final LogFigures figures = new LogFigures(Duration.ofSeconds(10), now::get);

    @Test
    void countsPerTopic() {
        figures.know("t", 4);
        figures.know("t", 5);
        figures.produced("t", 3, 1000);
        figures.produced("t", 5, 3000);
        figures.consumed("t", 3);

        PartitionedMetrics metrics = figures.sample(2);

        assertThat(metrics.topics()).containsOnlyKeys("t").containsEntry("t", new TopicMetrics(4, 2, 1, 8, 3));
        assertThat(metrics.avgLatency()).isEqualTo(Duration.ofNanos(2000));
        assertThat(metrics.activeConnections()).isEqualTo(2);
    }

    @Test
    void ratesLookBackOverTheWindowAndNoFurther() {
        figures.know("t", 1);
        for (int i = 0; i < 50; i++) {
            figures.produced("t", 20, 1000);
        }
        figures.attemptFailed();
        figures.produceFailed();
        assertThat(figures.sample(0).messagesPerSecond()).isEqualTo(5);
        assertThat(figures.sample(0).bytesPerSecond()).isEqualTo(100);
        assertThat(figures.sample(0).errorRate()).isEqualTo(2.0 / 52);

        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(9_900));
        assertThat(figures.sample(0).messagesPerSecond()).isEqualTo(5);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(figures.sample(0).messagesPerSecond()).isZero();
        assertThat(figures.sample(0).errorRate()).isZero();
    }

    @Test
    void percentilesAreWithinOnePercent() {
        figures.know("t", 1);
        for (int micros = 1; micros <= 1000; micros++) {
            figures.produced("t", 1, TimeUnit.MICROSECONDS.toNanos(micros));
        }
        PartitionedMetrics metrics = figures.sample(0);
        assertThat(metrics.p50Latency().toNanos()).isCloseTo(500_000L, within(5_000L));
        assertThat(metrics.p99Latency().toNanos()).isCloseTo(990_000L, within(9_900L));
    }
}
