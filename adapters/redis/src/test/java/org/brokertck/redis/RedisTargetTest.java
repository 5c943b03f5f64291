package org.brokertck.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.util.Throwables;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.TargetFactory;
import org.brokertck.api.target.Unreachable;
import org.junit.jupiter.api.Test;

class RedisTargetTest {
    private final Unreachable unreachable =
            new RedisTarget(URI.create("redis://localhost")).unreachable().orElseThrow();

    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(TargetFactory.class))
                .anyMatch(factory -> factory.name().equals("redis"));
    }

    @Test
    void namesTheAddressAndNeverThePassword() {
        assertThatThrownBy(() -> unreachable.target().openQueue("q", QueueConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .hasStackTraceContaining("Connection refused")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(unreachable.password()));
        assertThatThrownBy(() ->
                        new RedisTargetFactory().create(Optional.of(URI.create("redis://" + unreachable.address()))))
                .isInstanceOf(BrokerUnavailableException.class);
    }

    @Test
    void claimsNothingThatTheServerDoesNotConfirm() {
        ConformanceTarget target = unreachable.target();

        assertThat(target.version()).isEqualTo("unknown");
        assertThat(target.capabilities())
                .containsExactlyInAnyOrder(Capability.BOUNDED, Capability.REMOTE, Capability.RECONNECT);
    }
}
