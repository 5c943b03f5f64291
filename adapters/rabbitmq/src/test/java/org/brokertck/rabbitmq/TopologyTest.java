package org.brokertck.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.000000001S, 1", "PT0.001S, 1", "PT0.001000001S, 2", "P365D, 31536000000"})
    void aDelayIsRoundedUpToTheMillisecond(Duration delay, long millis) {
        assertThat(Topology.millis(delay)).isEqualTo(millis);
    }

    @Test
    void noDelayIsShorterThanTheBackoffAsks() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1_234_567), 1.37, Backoff.LONGEST);
        for (int attempt = 0; attempt < 200; attempt++) {
            Duration asked = backoff.delayAfter(attempt);
            assertThat(Duration.ofMillis(Topology.millis(asked))).isBetween(asked, asked.plusMillis(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "amq.x", "orders.dlq", "orders.retry.100"})
    void namesThatAreNotFreeAreRefused(String name) {
        assertThatThrownBy(() -> new Topology(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void tooLongANameIsRefused() {
        assertThatThrownBy(() -> new Topology("n".repeat(201))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Topology("Q-13.retry.x").deadLetters()).isEqualTo("Q-13.retry.x.dlq");
    }
}
