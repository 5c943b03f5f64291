package org.brokertck.api.multibroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Settings hold their documented defaults and refuse what is out of bounds. */
class BrokerConfigTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void defaults() {
        assertThat(BrokerConfig.defaults())
                .isEqualTo(new BrokerConfig(
                        10_000,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10)));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(BrokerConfig.builder()
                        .capacity(1)
                        .produceTimeout(Duration.ZERO)
                        .healthTimeout(MILLI)
                        .degradedAfter(MILLI)
                        .drainTimeout(YEAR)
                        .build())
                .isEqualTo(new BrokerConfig(1, Duration.ZERO, MILLI, MILLI, YEAR));
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(it -> it.capacity(0), "capacity is 0: it must be 1 or more");
        refused(it -> it.produceTimeout(MILLI.negated()), "produceTimeout is PT-0.001S: it must be from 0 to PT8760H");
        refused(it -> it.healthTimeout(Duration.ZERO), "healthTimeout is PT0S: it must be from PT0.001S to PT8760H");
        refused(it -> it.degradedAfter(Duration.ZERO), "degradedAfter is PT0S: it must be from PT0.001S to PT8760H");
        refused(it -> it.drainTimeout(YEAR.plusNanos(1)), "drainTimeout is PT8760H0.000000001S: it must be from 0");
    }

    private static void refused(Consumer<BrokerConfig.Builder> setting, String message) {
        BrokerConfig.Builder builder = BrokerConfig.builder();
        setting.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        nullRefused(it -> it.produceTimeout(null), "produceTimeout");
        nullRefused(it -> it.healthTimeout(null), "healthTimeout");
        nullRefused(it -> it.degradedAfter(null), "degradedAfter");
        nullRefused(it -> it.drainTimeout(null), "drainTimeout");
    }

    private static void nullRefused(Consumer<BrokerConfig.Builder> setting, String name) {
        BrokerConfig.Builder builder = BrokerConfig.builder();
        setting.accept(builder);
        assertThatNullPointerException().isThrownBy(builder::build).withMessage(name);
    }
}
