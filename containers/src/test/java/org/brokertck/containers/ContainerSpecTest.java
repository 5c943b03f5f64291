package org.brokertck.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainerSpecTest {
    @Test
    void knowsTheBrokers() {
        assertThat(ContainerTargets.names()).containsExactly("rabbitmq", "redis");
    }

    @Test
    void redisIsSafeUnlessToldOtherwise() {
        ContainerSpec spec = ContainerSpec.of("redis");

        assertThat(spec.arguments()).containsExactly("--appendonly", "yes", "--appendfsync", "always");
        assertThat(spec.withArguments("--appendonly", "no").arguments()).containsExactly("--appendonly", "no");
    }

    @Test
    void anUnknownBrokerIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ContainerTargets.start("pulsar"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("pulsar", "rabbitmq", "redis");
    }

    @Test
    void noTextShowsAPassword() {
        Credentials credentials = Credentials.random("user");
        ContainerSpec spec = ContainerSpec.of("redis").withEnvironment("PASSWORD", "secret");

        assertThat(credentials.toString()).contains("user").doesNotContain(credentials.password());
        assertThat(credentials.redact("a " + credentials.password())).isEqualTo("a ***");
        assertThat(spec.toString()).contains("PASSWORD").doesNotContain("secret");
    }

    @Test
    void eachContainerHasItsOwnPassword() {
        assertThat(Credentials.random("user")).isNotEqualTo(Credentials.random("user"));
    }
}
