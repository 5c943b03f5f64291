package org.brokertck.api.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The settings of the building blocks hold their documented defaults and refuse what is out of bounds. */
class SettingsTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void defaults() {
        assertThat(BatchConfig.defaults())
                .isEqualTo(new BatchConfig(
                        100,
                        Duration.ofMillis(100),
                        10_000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)));
        assertThat(PoolConfig.defaults())
                .isEqualTo(new PoolConfig(8, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(5)));
        CircuitBreakerConfig breaker = CircuitBreakerConfig.defaults();
        assertThat(breaker.failureThreshold()).isEqualTo(5);
        assertThat(breaker.openDuration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(breaker.probes()).isEqualTo(1);
        assertThat(breaker.slowCall()).isEqualTo(YEAR);
        assertThat(breaker.failure()).accepts(new IOException(), new LinkageError());
    }

    @Test
    void batchesOutOfBoundsAreRefusedByName() {
        refused(BatchConfig.builder().batchSize(0)::build, "batchSize is 0");
        refused(BatchConfig.builder().batchSize(10).capacity(9)::build, "capacity is 9: it must be from 10 to ");
        refused(BatchConfig.builder().flushInterval(Duration.ZERO)::build, "flushInterval is PT0S");
        refused(BatchConfig.builder().addTimeout(Duration.ofMillis(-1))::build, "addTimeout is PT-0.001S");
        refused(BatchConfig.builder().retryDelay(YEAR.plusNanos(1))::build, "retryDelay is ");
        refused(BatchConfig.builder().drainTimeout(Duration.ofMillis(-1))::build, "drainTimeout is PT-0.001S");
    }

    @Test
    void poolsOutOfBoundsAreRefusedByName() {
        refused(PoolConfig.builder().maxSize(0)::build, "maxSize is 0: it must be 1 or more");
        refused(PoolConfig.builder().borrowTimeout(Duration.ofMillis(-1))::build, "borrowTimeout is PT-0.001S");
        refused(PoolConfig.builder().idleTimeout(Duration.ZERO)::build, "idleTimeout is PT0S");
        refused(PoolConfig.builder().drainTimeout(YEAR.plusNanos(1))::build, "drainTimeout is ");
    }

    @Test
    void breakersOutOfBoundsAreRefusedByName() {
        refused(CircuitBreakerConfig.builder().failureThreshold(0)::build, "failureThreshold is 0");
        refused(CircuitBreakerConfig.builder().openDuration(Duration.ZERO)::build, "openDuration is PT0S");
        refused(CircuitBreakerConfig.builder().probes(0)::build, "probes is 0");
        refused(CircuitBreakerConfig.builder().slowCall(Duration.ZERO)::build, "slowCall is PT0S");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(CircuitBreakerConfig.builder().failure(null)::build)
                .withMessage("failure");
        assertThatNullPointerException()
                .isThrownBy(PoolConfig.builder().borrowTimeout(null)::build)
                .withMessage("borrowTimeout");
        assertThatNullPointerException()
                .isThrownBy(BatchConfig.builder().flushInterval(null)::build)
                .withMessage("flushInterval");
    }

    private static void refused(ThrowingCallable building, String message) {
        assertThatIllegalArgumentException().isThrownBy(building).withMessageStartingWith(message);
    }
}
