package org.brokertck.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.Contract;
import org.brokertck.api.target.TargetFactory;
import org.brokertck.api.target.Unreachable;
import org.junit.jupiter.api.Test;

class RabbitMqTargetTest {
    private static final URI NOWHERE = URI.create("amqp://localhost:1");

    @Test
    void theFactoryIsFound() {
        assertThat(ServiceLoader.load(TargetFactory.class))
                .hasOnlyElementsOfType(RabbitMqTargetFactory.class)
                .extracting(TargetFactory::name)
                .containsExactly("rabbitmq");
    }

    @Test
    void claimsFaultsOnlyWithAHandOnTheSwitch() {
        BrokerControl control = Set::of;

        assertThat(new RabbitMqTarget(NOWHERE).capabilities())
                .containsExactlyInAnyOrder(
                        Capability.DURABLE,
                        Capability.REMOTE,
                        Capability.RECONNECT,
                        Capability.OFFSETS,
                        Capability.REPLAY);
        assertThat(new RabbitMqTarget(NOWHERE, control).capabilities())
                .contains(Capability.FAULTS)
                .doesNotContain(Capability.BOUNDED);
    }

    @Test
    void claimsTheContractsThatPassedTheSuite() {
        assertThat(new RabbitMqTarget(NOWHERE).contracts())
                .containsExactlyInAnyOrder(
                        Contract.QUEUE, Contract.PUBSUB, Contract.PARTITIONED, Contract.BROKER, Contract.REQUESTREPLY);
    }

    @Test
    void whereNobodyListensIsToldWithoutThePassword() {
        Unreachable nowhere = new RabbitMqTarget(NOWHERE).unreachable().orElseThrow();
        URI uri = URI.create("amqp://me:" + nowhere.password() + "@" + nowhere.address());

        assertThatThrownBy(() -> new RabbitMqTargetFactory().create(Optional.of(uri)))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(nowhere.address())
                .hasMessageNotContaining(nowhere.password());
        assertThat(nowhere.target().version()).isEqualTo("unknown");
    }
}
