package org.brokertck.rabbitmq.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTimeTest {
    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 102", "PT0.001S, 102", "PT0.001000001S, 103", "P365D, 31536000101"})
    void aDelayIsRoundedUp(Duration delay, long due) {
        assertThat(DueTime.after(100, delay)).isEqualTo(due);
    }

    @Test
    void noDelayIsShorterThanTheBackoffAsks() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1_234_567), 1.37, Backoff.LONGEST);
        for (int attempt = 0; attempt < 200; attempt++) {
            Duration asked = backoff.delayAfter(attempt);
            // The present millisecond may be almost over when the delay begins.
            assertThat(Duration.ofMillis(DueTime.after(0, asked) - 1)).isBetween(asked, asked.plusMillis(1));
        }
    }
}
