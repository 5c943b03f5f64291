package org.brokertck.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Settings hold their documented defaults and refuse what is out of bounds. */
class QueueConfigTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void defaults() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(30));
        assertThat(QueueConfig.defaults())
                .isEqualTo(new QueueConfig(1000, Duration.ofSeconds(5), backoff, Duration.ofSeconds(10)));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        QueueConfig config = QueueConfig.builder()
                .capacity(1)
                .produceTimeout(Duration.ZERO)
                .drainTimeout(YEAR)
                .backoff(Backoff.fixed(Duration.ZERO))
                .build();
        assertThat(config).isEqualTo(new QueueConfig(1, Duration.ZERO, Backoff.fixed(Duration.ZERO), YEAR));
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(it -> it.capacity(0), "capacity is 0: it must be 1 or more");
        refused(it -> it.produceTimeout(Duration.ofNanos(-1)), "produceTimeout is PT-0.000000001S: it must be from 0");
        refused(it -> it.produceTimeout(YEAR.plusNanos(1)), "produceTimeout is PT8760H0.000000001S: it must be from 0");
        refused(it -> it.drainTimeout(Duration.ofNanos(-1)), "drainTimeout is PT-0.000000001S: it must be from 0");
        refused(it -> it.drainTimeout(YEAR.plusNanos(1)), "drainTimeout is PT8760H0.000000001S: it must be from 0");
    }

    private static void refused(Consumer<QueueConfig.Builder> setting, String message) {
        QueueConfig.Builder builder = QueueConfig.builder();
        setting.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        nullRefused(it -> it.produceTimeout(null), "produceTimeout");
        nullRefused(it -> it.drainTimeout(null), "drainTimeout");
        nullRefused(it -> it.backoff(null), "backoff");
    }

    private static void nullRefused(Consumer<QueueConfig.Builder> setting, String name) {
        QueueConfig.Builder builder = QueueConfig.builder();
        setting.accept(builder);
        assertThatNullPointerException().isThrownBy(builder::build).withMessage(name);
    }
}
