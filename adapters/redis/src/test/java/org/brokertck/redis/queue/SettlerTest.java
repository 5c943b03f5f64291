package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;

class SettlerTest {
    @Test
    void delaysAreNeverSoonerThanNominalAndNeverOverflow() {
        assertThat(Settler.delayMicros(Backoff.fixed(Duration.ZERO), 9)).isZero();
        assertThat(Settler.delayMicros(Backoff.fixed(Duration.ofNanos(1)), 0)).isEqualTo(1);
        assertThat(Settler.delayMicros(Backoff.fixed(Backoff.LONGEST), 1_000_000))
                .isEqualTo(Backoff.LONGEST.toMillis() * 1000);
    }

    @Test
    void jitterTakesOffNoMoreThanItsShare() {
        Backoff backoff = Backoff.fixed(Duration.ofSeconds(1)).withJitter(0.25);
        for (int i = 0; i < 10_000; i++) {
            assertThat(Settler.delayMicros(backoff, i)).isBetween(750_000L, 1_000_000L);
        }
    }
}
