package org.brokertck.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.util.Throwables;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReplyConfig;
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
        assertThatThrownBy(() -> unreachable.target().openPubSub("b", PubSubConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(unreachable.password()));
        assertThatThrownBy(() -> unreachable.target().openPartitioned("b", PartitionedConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(unreachable.password()));
        assertThatThrownBy(() -> unreachable.target().openBroker("b", BrokerConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(unreachable.password()));
        assertThatThrownBy(() -> unreachable.target().openRequestReply("r", RequestReplyConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
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
                .containsExactlyInAnyOrder(
                        Capability.BOUNDED,
                        Capability.REMOTE,
                        Capability.RECONNECT,
                        Capability.OFFSETS,
                        Capability.REPLAY);
    }
}
