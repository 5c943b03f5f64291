package org.brokertck.reference.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.api.target.TargetFactory;
import org.brokertck.api.target.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryTargetTest {
    @Test
    void isFoundByTheServiceLoaderAndTakesNoServer() {
        TargetFactory factory =
                ServiceLoader.load(TargetFactory.class).findFirst().orElseThrow();
        try (ConformanceTarget target = factory.create(Optional.empty())) {
            assertThat(factory.name()).isEqualTo("in-memory").isEqualTo(target.name());
            assertThat(target.capabilities())
                    .containsExactlyInAnyOrder(Capability.BOUNDED, Capability.OFFSETS, Capability.REPLAY);
            assertThat(target.version()).isEqualTo("0.1.0-SNAPSHOT");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(Optional.of(URI.create("amqp://localhost"))))
                .withMessageContaining("uri");
    }

    @Test
    void givesAFreshClockWithEachCall() {
        InMemoryTarget target = new InMemoryTarget();
        VirtualTime one = target.virtualTime().orElseThrow();
        VirtualTime other = target.virtualTime().orElseThrow();

        one.clock().advance(Duration.ofDays(1));

        assertThat(Duration.between(other.clock().now(), one.clock().now())).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void itsVirtualQueuesLiveOnTheClock() {
        VirtualTime virtual = new InMemoryTarget().virtualTime().orElseThrow();
        QueueConfig config = QueueConfig.builder()
                .backoff(Backoff.fixed(Duration.ofHours(3)))
                .build();
        try (MessageQueue queue = virtual.target().openQueue("virtual", config)) {
            queue.consume(attempt -> {
                if (attempt.retries() == 0) {
                    throw new IllegalStateException("later");
                }
            });
            queue.produce(Message.builder().maxRetries(1).build());
            await().until(() -> queue.metrics().failed() == 1);

            virtual.clock().advance(Duration.ofHours(3));

            await().until(() -> queue.metrics().consumed() == 1);
        }
    }

    @Test
    void providesPublishSubscribe() {
        ConformanceTarget target = new InMemoryTarget();
        assertThat(target.contracts()).contains(Contract.QUEUE, Contract.PUBSUB);
        try (PubSubBroker broker = target.openPubSub("topics", PubSubConfig.defaults())) {
            Subscription subscription = broker.subscribe("a");
            broker.publish("a", Message.builder().id("m").build());

            assertThat(subscription.take().orElseThrow().id()).isEqualTo("m");
        }
    }

    @Test
    void itsVirtualSubscriptionsLiveOnTheClock() {
        VirtualTime virtual = new InMemoryTarget().virtualTime().orElseThrow();
        PubSubConfig config =
                PubSubConfig.builder().idleTimeout(Duration.ofDays(1)).build();
        try (PubSubBroker broker = virtual.target().openPubSub("virtual", config)) {
            Subscription idle = broker.subscribe("a");

            virtual.clock().advance(Duration.ofDays(1));

            assertThat(idle.endReason()).contains(EndReason.IDLE);
        }
    }
}
