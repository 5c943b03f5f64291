package org.brokertck.api.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Consumer;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;

/** Settings hold their documented defaults and refuse what is out of bounds. */
class PartitionedConfigTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration BELOW_ZERO = Duration.ofNanos(-1);

    @Test
    void defaults() {
        assertThat(PartitionedConfig.defaults())
                .isEqualTo(new PartitionedConfig(
                        65_536,
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        256,
                        5,
                        Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5)),
                        StartFrom.EARLIEST,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        8));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        Backoff none = Backoff.fixed(Duration.ZERO);
        PartitionedConfig least = PartitionedConfig.builder()
                .partitionCapacity(1)
                .produceTimeout(Duration.ZERO)
                .linger(Duration.ZERO)
                .batchSize(1)
                .deliveryLimit(1)
                .backoff(none)
                .startFrom(StartFrom.LATEST)
                .drainTimeout(Duration.ZERO)
                .rateWindow(Duration.ofMillis(1))
                .maxConnections(1)
                .build();
        assertThat(least)
                .isEqualTo(new PartitionedConfig(
                        1,
                        Duration.ZERO,
                        Duration.ZERO,
                        1,
                        1,
                        none,
                        StartFrom.LATEST,
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        1));
        PartitionedConfig most = PartitionedConfig.builder()
                .partitionCapacity(1 << 24)
                .produceTimeout(YEAR)
                .linger(YEAR)
                .drainTimeout(YEAR)
                .rateWindow(YEAR)
                .build();
        assertThat(most.partitionCapacity()).isEqualTo(PartitionedConfig.MOST_RECORDS);
        assertThat(most.linger()).isEqualTo(YEAR);
    }

    @Test
    void whatIsOutOfBoundsIsRefusedByName() {
        refused(it -> it.partitionCapacity(0), "partitionCapacity is 0: it must be from 1 to 16777216");
        refused(it -> it.partitionCapacity((1 << 24) + 1), "partitionCapacity is 16777217: it must be from 1");
        refused(it -> it.produceTimeout(BELOW_ZERO), "produceTimeout is PT-0.000000001S: it must be from 0");
        refused(it -> it.produceTimeout(YEAR.plusNanos(1)), "produceTimeout is PT8760H0.000000001S: it must be");
        refused(it -> it.linger(BELOW_ZERO), "linger is PT-0.000000001S: it must be from 0 to PT8760H");
        refused(it -> it.batchSize(0), "batchSize is 0: it must be 1 or more");
        refused(it -> it.deliveryLimit(0), "deliveryLimit is 0: it must be 1 or more");
        refused(it -> it.drainTimeout(BELOW_ZERO), "drainTimeout is PT-0.000000001S: it must be from 0");
        refused(it -> it.rateWindow(Duration.ZERO), "rateWindow is PT0S: it must be from PT0.001S to PT8760H");
        refused(it -> it.maxConnections(0), "maxConnections is 0: it must be 1 or more");
    }

    private static void refused(Consumer<PartitionedConfig.Builder> setting, String message) {
        PartitionedConfig.Builder builder = PartitionedConfig.builder();
        setting.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        nullRefused(it -> it.produceTimeout(null), "produceTimeout");
        nullRefused(it -> it.linger(null), "linger");
        nullRefused(it -> it.backoff(null), "backoff");
        nullRefused(it -> it.startFrom(null), "startFrom");
        nullRefused(it -> it.drainTimeout(null), "drainTimeout");
        nullRefused(it -> it.rateWindow(null), "rateWindow");
    }

    private static void nullRefused(Consumer<PartitionedConfig.Builder> setting, String name) {
        PartitionedConfig.Builder builder = PartitionedConfig.builder();
        setting.accept(builder);
        assertThatNullPointerException().isThrownBy(builder::build).withMessage(name);
    }
}
