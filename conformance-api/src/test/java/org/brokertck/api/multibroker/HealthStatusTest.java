package org.brokertck.api.multibroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A status is an immutable value that goes by the names of the seed. */
class HealthStatusTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void goesByTheNamesOfTheSeed() {
        HealthStatus status =
                new HealthStatus(Health.DEGRADED, Duration.ofMillis(3), 7, NOON, Map.of(HealthStatus.CAUSE, "slow"));

        assertThat(status.asMap())
                .containsExactly(
                        entry("status", "degraded"),
                        entry("latency", 3_000_000L),
                        entry("errors", 7L),
                        entry("last_check", "2026-01-01T12:00:00Z"),
                        entry("details", Map.of("cause", "slow")))
                .isUnmodifiable();
        assertThat(Health.values()).extracting(Health::word).containsExactly("healthy", "degraded", "unhealthy");
    }

    @Test
    void sharesItsDetailsWithNobody() {
        Map<String, Object> details = new LinkedHashMap<>(Map.of("topics", 3));
        HealthStatus status = new HealthStatus(Health.HEALTHY, Duration.ZERO, 0, NOON, details);

        details.put("topics", 4);

        assertThat(status.details()).containsExactly(entry("topics", 3)).isUnmodifiable();
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void whatIsWrongIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthStatus(Health.HEALTHY, Duration.ofNanos(-1), 0, NOON, Map.of()))
                .withMessage("latency is PT-0.000000001S: it must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthStatus(Health.HEALTHY, Duration.ZERO, -1, NOON, Map.of()))
                .withMessage("errors is -1: it must be 0 or more");
        Map<String, Object> details = new HashMap<>();
        details.put("topics", null);
        assertThatNullPointerException()
                .isThrownBy(() -> new HealthStatus(Health.HEALTHY, Duration.ZERO, 0, NOON, details))
                .withMessage("the value of detail 'topics'");
        assertThatNullPointerException()
                .isThrownBy(() -> new HealthStatus(Health.HEALTHY, Duration.ZERO, 0, null, Map.of()))
                .withMessage("lastCheck");
    }
}
