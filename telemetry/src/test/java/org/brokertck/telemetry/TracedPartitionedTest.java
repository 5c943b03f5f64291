package org.brokertck.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.queue.Backoff;
import org.brokertck.reference.partitioned.InMemoryPartitionedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedPartitionedTest {
    private static final PartitionedConfig CONFIG = PartitionedConfig.builder()
            .deliveryLimit(3)
            .backoff(Backoff.exponential(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
            .build();

    @RegisterExtension
    static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    private static PartitionedBroker open() {
        PartitionedBroker broker = Tracing.of(telemetry.getOpenTelemetry(), "in_memory")
                .partitioned(InMemoryPartitionedBroker.open("broker", CONFIG), CONFIG);
        broker.createTopic("payments", 1);
        return broker;
    }

    @Test
    void aRecordIsFollowedFromItsProduceToItsGroup() {
        List<PartitionRecord> seen = new CopyOnWriteArrayList<>();
        try (PartitionedBroker broker = open()) {
            broker.subscribe("payments", "billing", seen::add);
            broker.produce("payments", KeyedMessage.of("k", new byte[] {1}, Map.of("tenant", "a")));
            broker.produceAsync("payments", KeyedMessage.of("k", new byte[] {2}))
                    .join();
            await().until(() -> all("process payments").size() == 2);
        }
        assertThat(all("send payments"))
                .hasSize(2)
                .allMatch(it -> it.getKind() == SpanKind.PRODUCER)
                .allMatch(it -> "0".equals(it.getAttributes().get(Conventions.PARTITION)));
        assertThat(all("process payments"))
                .allMatch(it -> "billing".equals(it.getAttributes().get(Conventions.GROUP)))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        all("send payments").stream().map(SpanData::getSpanId).toList());
        assertThat(seen).extracting(PartitionRecord::headers).containsExactly(Map.of("tenant", "a"), Map.of());
    }

    @Test
    void retriesInPlaceAndTheDeadRecordAreOfTheSameTrace() {
        try (PartitionedBroker broker = open()) {
            broker.subscribe("payments", "billing", record -> {
                if (record.value()[0] == 1) {
                    throw new IllegalStateException("declined");
                }
            });
            broker.produce("payments", "k", new byte[] {1});
            broker.produce("payments", "k", new byte[] {2});
            await().until(() -> all("process payments").size() == 2);
            assertThat(broker.deadLetters("payments").list(1).get(0).record().headers())
                    .isEmpty();
            assertThat(broker.read("payments", 0, 0, 1).get(0).headers()).isEmpty();
        }
        SpanData dead = all("dead-letter payments").get(0);
        assertThat(all("dead-letter payments")).hasSize(1);
        assertThat(all("retry payments"))
                .hasSize(2)
                .allMatch(it -> it.getStatus().getStatusCode() == StatusCode.ERROR)
                .allMatch(it -> it.getTraceId().equals(dead.getTraceId()))
                .anyMatch(it -> it.getSpanId().equals(dead.getParentSpanId()));
    }

    @Test
    void aBatchIsOneSpanThatAllItsRecordsDescendFrom() {
        try (PartitionedBroker broker = open()) {
            broker.subscribe("payments", "billing", record -> {});
            broker.produceBatch(
                    "payments", List.of(KeyedMessage.of("a", new byte[1]), KeyedMessage.of("b", new byte[1])));
            await().until(() -> all("process payments").size() == 2);
        }
        SpanData send = all("send payments").get(0);
        assertThat(send.getAttributes().get(Conventions.BATCH_COUNT)).isEqualTo(2);
        assertThat(all("process payments")).allMatch(it -> it.getParentSpanId().equals(send.getSpanId()));
    }

    @Test
    void aRefusedProduceIsAnError() {
        try (PartitionedBroker broker = open()) {
            assertThatThrownBy(() -> broker.produce("unknown", "k", new byte[1]))
                    .isInstanceOf(UnknownTopicException.class);
            assertThatThrownBy(() -> broker.produceAsync("unknown", KeyedMessage.of("k", new byte[1])))
                    .isInstanceOf(UnknownTopicException.class);
        }
        assertThat(all("send unknown")).hasSize(2).allMatch(it -> it.getStatus().getStatusCode() == StatusCode.ERROR);
    }

    private static List<SpanData> all(String name) {
        return telemetry.getSpans().stream()
                .filter(it -> it.getName().equals(name))
                .toList();
    }
}
