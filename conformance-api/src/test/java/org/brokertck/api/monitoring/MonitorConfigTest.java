package org.brokertck.api.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MonitorConfigTest {
    @Test
    void theDefaultsAreAsTheBuilderSays() {
        assertThat(MonitorConfig.defaults().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(MonitorConfig.defaults().evaluationInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(MonitorConfig.defaults().historyCapacity()).isEqualTo(1000);
        assertThat(MonitorConfig.defaults().maxQueues()).isEqualTo(1000);
        assertThat(MonitorConfig.defaults().callbackTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(MonitorConfig.defaults().address()).isEmpty();
        assertThat(MonitorConfig.builder().serveOnLoopback().build().address()).hasValueSatisfying(it -> {
            assertThat(it.getAddress().isLoopbackAddress()).isTrue();
            assertThat(it.getPort()).isZero();
        });
    }

    @Test
    void eachSettingOutOfItsBoundsIsNamed() {
        refused(MonitorConfig.builder().window(Duration.ofMillis(999)), "window");
        refused(MonitorConfig.builder().evaluationInterval(Duration.ofMillis(9)), "evaluationInterval");
        refused(MonitorConfig.builder().historyCapacity(0), "historyCapacity");
        refused(MonitorConfig.builder().maxQueues(0), "maxQueues");
        refused(MonitorConfig.builder().callbackTimeout(Duration.ZERO), "callbackTimeout");
    }

    private static void refused(MonitorConfig.Builder config, String name) {
        assertThatIllegalArgumentException().isThrownBy(config::build).withMessageStartingWith(name + " is ");
    }

    @Test
    void metricsGoByTheirWords() {
        assertThat(AlertMetric.of("queue_depth")).contains(AlertMetric.QUEUE_DEPTH);
        assertThat(AlertMetric.of("QUEUE_DEPTH")).isEmpty();
    }

    @Test
    void everyMetricHasANameOfItsOwn() {
        List<String> byQueue = MetricNames.BY_QUEUE;
        Set<String> all = new HashSet<>(byQueue);
        all.addAll(MetricNames.OVERALL);

        assertThat(all).hasSize(byQueue.size() + MetricNames.OVERALL.size()).hasSizeGreaterThan(15);
    }
}
