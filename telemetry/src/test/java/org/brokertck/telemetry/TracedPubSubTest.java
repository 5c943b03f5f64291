package org.brokertck.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.pubsub.InMemoryPubSubBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedPubSubTest {
    @RegisterExtension
    static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    private final Tracing tracing = Tracing.of(telemetry.getOpenTelemetry(), "in_memory");

    @Test
    void eachCopyIsFollowedFromItsPublishToItsTaking() {
        try (PubSubBroker broker = tracing.pubSub(InMemoryPubSubBroker.open("events", PubSubConfig.defaults()))) {
            Subscription exact = broker.subscribe("user.created");
            Subscription pattern = broker.subscribeWithPattern("user.*");
            broker.publish("user.created", Message.builder().id("m-1").build());
            assertThat(exact.poll(Duration.ofSeconds(5))).isPresent();
            assertThat(pattern.take()).isPresent();
            assertThat(pattern.poll(Duration.ZERO)).isEmpty();
        }
        SpanData publish = named("publish user.created");
        assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(publish.getAttributes().get(Conventions.OPERATION_TYPE)).isEqualTo("send");
        assertThat(telemetry.getSpans())
                .filteredOn(it -> it.getName().equals("receive user.created"))
                .hasSize(2)
                .allMatch(it -> it.getParentSpanId().equals(publish.getSpanId()))
                .extracting(it -> it.getAttributes().get(Conventions.SUBSCRIPTION))
                .containsExactlyInAnyOrder("user.created", "user.*");
    }

    @Test
    void aTakerReadsTheContextFromItsMessage() {
        try (PubSubBroker broker = tracing.pubSub(InMemoryPubSubBroker.open("events", PubSubConfig.defaults()));
                Subscription subscription = broker.subscribe("user.created")) {
            broker.publish("user.created", Message.builder().build());
            Message message = subscription.take().orElseThrow();
            assertThat(Span.fromContext(tracing.contextOf(message))
                            .getSpanContext()
                            .getSpanId())
                    .isEqualTo(named("publish user.created").getSpanId());
        }
        assertThat(Span.fromContext(tracing.contextOf(Message.builder().build()))
                        .getSpanContext()
                        .isValid())
                .isFalse();
    }

    private static SpanData named(String name) {
        return telemetry.getSpans().stream()
                .filter(it -> it.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
