package org.brokertck.rabbitmq.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "amq.x", "orders:dlq", "orders:retry"})
    void namesThatAreNotFreeAreRefused(String name) {
        assertThatThrownBy(() -> new Topology(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void tooLongANameIsRefused() {
        assertThatThrownBy(() -> new Topology("n".repeat(201))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Topology("Q-13.retry.x").deadLetters()).isEqualTo("Q-13.retry.x:dlq");
    }
}
