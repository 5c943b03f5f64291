package org.brokertck.api.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Settings hold their documented defaults and refuse what is out of bounds. */
class PubSubConfigTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void defaults() {
        assertThat(PubSubConfig.defaults())
                .isEqualTo(new PubSubConfig(
                        1024, OverflowPolicy.DROP_OLDEST, Duration.ofMinutes(10), Duration.ofSeconds(5), 10_000));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        PubSubConfig least = PubSubConfig.builder()
                .bufferCapacity(1)
                .overflow(OverflowPolicy.DROP_NEWEST)
                .idleTimeout(MILLI)
                .timeout(MILLI)
                .countedTopics(1)
                .build();
        assertThat(least).isEqualTo(new PubSubConfig(1, OverflowPolicy.DROP_NEWEST, MILLI, MILLI, 1));
        PubSubConfig most = PubSubConfig.builder()
                .bufferCapacity(1 << 24)
                .idleTimeout(YEAR)
                .timeout(YEAR)
                .countedTopics(Integer.MAX_VALUE)
                .build();
        assertThat(most)
                .isEqualTo(new PubSubConfig(1 << 24, OverflowPolicy.DROP_OLDEST, YEAR, YEAR, Integer.MAX_VALUE));
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(it -> it.bufferCapacity(0), "bufferCapacity is 0: it must be from 1 to 16777216");
        refused(it -> it.bufferCapacity((1 << 24) + 1), "bufferCapacity is 16777217: it must be from 1 to 16777216");
        refused(it -> it.idleTimeout(MILLI.minusNanos(1)), "idleTimeout is PT0.000999999S: it must be from PT0.001S");
        refused(it -> it.idleTimeout(YEAR.plusNanos(1)), "idleTimeout is PT8760H0.000000001S: it must be from");
        refused(it -> it.timeout(Duration.ZERO), "timeout is PT0S: it must be from PT0.001S to PT8760H");
        refused(it -> it.timeout(YEAR.plusNanos(1)), "timeout is PT8760H0.000000001S: it must be from");
        refused(it -> it.countedTopics(0), "countedTopics is 0: it must be 1 or more");
    }

    private static void refused(Consumer<PubSubConfig.Builder> setting, String message) {
        PubSubConfig.Builder builder = PubSubConfig.builder();
        setting.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        nullRefused(it -> it.overflow(null), "overflow");
        nullRefused(it -> it.idleTimeout(null), "idleTimeout");
        nullRefused(it -> it.timeout(null), "timeout");
    }

    private static void nullRefused(Consumer<PubSubConfig.Builder> setting, String name) {
        PubSubConfig.Builder builder = PubSubConfig.builder();
        setting.accept(builder);
        assertThatNullPointerException().isThrownBy(builder::build).withMessage(name);
    }
}
