package org.brokertck.tck.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All waits scale with one factor. */
class TckTimeoutsTest {
    private final String before = System.getProperty(TckTimeouts.FACTOR_PROPERTY, "1");

    @AfterEach
    void restore() {
        System.setProperty(TckTimeouts.FACTOR_PROPERTY, before);
    }

    private static TckTimeouts withFactor(String factor) {
        System.setProperty(TckTimeouts.FACTOR_PROPERTY, factor);
        return TckTimeouts.current();
    }

    @Test
    void everyWaitIsScaled() {
        assertThat(TckTimeouts.scaled(2))
                .isEqualTo(new TckTimeouts(
                        Duration.ofSeconds(20),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(120)));
    }

    @Test
    void noWaitIsScaledToNothing() {
        assertThat(TckTimeouts.scaled(1e-9)).isEqualTo(TckTimeouts.scaled(0));
        assertThat(TckTimeouts.scaled(0).quiet()).hasMillis(1);
    }

    @Test
    void aSlowMachineIsWaitedForAndASlowMomentIsNot() {
        long[] took = LongStream.generate(() -> 1_100_000).limit(20).toArray();
        took[4] = 900_000_000;
        took[5] = 70_000_000;
        assertThat(TckTimeouts.slowness(took)).isEqualTo(1);
        took[6] = 60_000_000;
        assertThat(TckTimeouts.slowness(took)).isEqualTo(3);
        assertThat(TckTimeouts.slowness(
                        LongStream.generate(() -> 900_000_000).limit(20).toArray()))
                .isEqualTo(10);
    }

    @Test
    void thePropertyIsReadAnew() {
        TckTimeouts one = withFactor("1");
        TckTimeouts three = withFactor("3");
        assertThat(one.await()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(three.await().toMillis())
                .isBetween(3 * one.await().toMillis() - 2, 3 * one.await().toMillis() + 2);
    }

    @Test
    void aFactorThatIsOfNoUseIsRefused() {
        for (String factor : new String[] {"0", "-1", "1001", "NaN", "fast", ""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withFactor(factor))
                    .withMessage("tck.timeoutFactor is '" + factor + "': it must be a number over 0 and up to 1000");
        }
    }
}
