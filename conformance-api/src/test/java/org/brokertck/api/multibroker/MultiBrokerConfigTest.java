package org.brokertck.api.multibroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Settings hold their documented defaults and refuse what is out of bounds. */
class MultiBrokerConfigTest {
    @Test
    void defaults() {
        assertThat(MultiBrokerConfig.defaults())
                .isEqualTo(new MultiBrokerConfig(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10)));
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(it -> it.produceTimeout(Duration.ZERO), "produceTimeout is PT0S: it must be from PT0.001S");
        refused(it -> it.healthInterval(Duration.ZERO), "healthInterval is PT0S: it must be from PT0.001S");
        refused(it -> it.healthTimeout(Duration.ZERO), "healthTimeout is PT0S: it must be from PT0.001S");
        refused(it -> it.failureThreshold(0), "failureThreshold is 0: it must be from 1 to 10000");
        refused(it -> it.probeInterval(Duration.ZERO), "probeInterval is PT0S: it must be from PT0.001S");
        refused(
                it -> it.probeInterval(Duration.ofSeconds(6)),
                "probeInterval is PT6S: it must be at most healthInterval");
        refused(it -> it.drainTimeout(Duration.ofSeconds(-1)), "drainTimeout is PT-1S: it must be from 0");
    }

    private static void refused(Consumer<MultiBrokerConfig.Builder> setting, String message) {
        MultiBrokerConfig.Builder builder = MultiBrokerConfig.builder();
        setting.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        MultiBrokerConfig.Builder builder = MultiBrokerConfig.builder().healthInterval(null);

        assertThatNullPointerException().isThrownBy(builder::build).withMessage("healthInterval");
    }
}
