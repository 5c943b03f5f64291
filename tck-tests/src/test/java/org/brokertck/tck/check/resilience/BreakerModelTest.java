package org.brokertck.tck.check.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.tck.check.resilience.BreakerModel.Shown;
import org.junit.jupiter.api.Test;

/** The model goes through its three states as the rule says. */
class BreakerModelTest {
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final Duration START = Duration.ZERO;

    private final BreakerModel model = new BreakerModel(CircuitBreakerConfig.builder()
            .failureThreshold(2)
            .openDuration(OPEN)
            .probes(2)
            .build());

    private void call(Shown shown, Duration now) {
        assertThat(model.begins(now)).isTrue();
        model.ends(model.epoch(now), shown, now);
    }

    @Test
    void closedOpenHalfOpenClosed() {
        call(Shown.FAILURE, START);
        call(Shown.SUCCESS, START);
        call(Shown.FAILURE, START);
        int closed = model.epoch(START);
        assertThat(model.begins(START)).isTrue();
        call(Shown.FAILURE, START);
        assertThat(model.state(START)).isEqualTo(BreakerState.OPEN);
        assertThat(model.begins(OPEN.minusNanos(1))).isFalse();
        assertThat(model.retryAfter(OPEN.minusNanos(1))).isEqualTo(Duration.ofNanos(1));
        assertThat(model.state(OPEN)).isEqualTo(BreakerState.HALF_OPEN);
        model.ends(closed, Shown.FAILURE, OPEN);
        call(Shown.SUCCESS, OPEN);
        assertThat(model.begins(OPEN)).isTrue();
        assertThat(model.begins(OPEN)).isFalse();
        model.ends(model.epoch(OPEN), Shown.NOTHING, OPEN);
        call(Shown.SUCCESS, OPEN);
        assertThat(model.metrics(OPEN)).isEqualTo(new BreakerMetrics(BreakerState.CLOSED, 0, 3, 4, 2, 1));
    }

    @Test
    void aProbeThatFailsOpensAnew() {
        call(Shown.FAILURE, START);
        call(Shown.FAILURE, START);
        call(Shown.SUCCESS, OPEN);
        call(Shown.FAILURE, OPEN);
        assertThat(model.state(OPEN.multipliedBy(2).minusNanos(1))).isEqualTo(BreakerState.OPEN);
        assertThat(model.metrics(OPEN.multipliedBy(2)))
                .isEqualTo(new BreakerMetrics(BreakerState.HALF_OPEN, 0, 1, 3, 0, 2));
    }
}
