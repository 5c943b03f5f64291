package org.brokertck.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.reference.queue.InMemoryQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedQueueTest {
    @RegisterExtension
    static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

    private static MessageQueue open(OpenTelemetry sdk, String name) {
        QueueConfig quickly = QueueConfig.builder()
                .backoff(Backoff.exponential(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
                .build();
        return Tracing.of(sdk, "in_memory").queue(InMemoryQueue.open(name, quickly));
    }

    private static MessageQueue open() {
        return open(telemetry.getOpenTelemetry(), "orders");
    }

    private static Message message(String id, int maxRetries) {
        return Message.builder()
                .id(id)
                .payload(new byte[] {1, 2, 3})
                .maxRetries(maxRetries)
                .build();
    }

    @Test
    void aMessageIsFollowedFromItsProduceToItsHandler() {
        try (MessageQueue queue = open()) {
            queue.consume(message -> {});
            queue.produce(message("m-1", 0));
            await().until(() -> telemetry.getSpans().size() == 2);
        }
        SpanData send = named("send orders");
        SpanData process = named("process orders");
        assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getTraceId()).isEqualTo(send.getTraceId());
        assertThat(process.getParentSpanId()).isEqualTo(send.getSpanId());
        for (SpanData span : List.of(send, process)) {
            assertThat(span.getAttributes().get(Conventions.SYSTEM)).isEqualTo("in_memory");
            assertThat(span.getAttributes().get(Conventions.DESTINATION)).isEqualTo("orders");
            assertThat(span.getAttributes().get(Conventions.MESSAGE_ID)).isEqualTo("m-1");
            assertThat(span.getAttributes().get(Conventions.BODY_SIZE)).isEqualTo(3);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        }
        assertThat(send.getAttributes().get(Conventions.OPERATION_TYPE)).isEqualTo("send");
        assertThat(process.getAttributes().get(Conventions.OPERATION_TYPE)).isEqualTo("process");
    }

    @Test
    void retriesAndTheDeadLetterAreOfTheSameTrace() {
        try (MessageQueue queue = open()) {
            queue.consume(message -> {
                throw new IllegalStateException("out of stock");
            });
            queue.produce(message("m-1", 2));
            await().until(() -> telemetry.getSpans().size() == 5);
        }
        SpanData send = named("send orders");
        List<SpanData> retries = all("retry orders");
        SpanData first = named("process orders");
        SpanData dead = named("dead-letter orders");
        assertThat(retries)
                .extracting(it -> it.getAttributes().get(Conventions.RETRIES))
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(telemetry.getSpans()).extracting(SpanData::getTraceId).containsOnly(send.getTraceId());
        assertThat(retries).extracting(SpanData::getParentSpanId).containsOnly(send.getSpanId());
        SpanData last = retries.stream()
                .filter(it -> Long.valueOf(2).equals(it.getAttributes().get(Conventions.RETRIES)))
                .findFirst()
                .orElseThrow();
        assertThat(dead.getParentSpanId()).isEqualTo(last.getSpanId());
        assertThat(dead.getAttributes().get(Conventions.OPERATION_TYPE)).isEqualTo("settle");
        assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(first.getStatus().getDescription()).isEqualTo("out of stock");
        assertThat(first.getAttributes().get(Conventions.ERROR_TYPE)).isEqualTo("java.lang.IllegalStateException");
        assertThat(first.getEvents()).hasSize(1);
    }

    @Test
    void whatAHandlerProducesContinuesTheTrace() {
        List<Message> seen = new CopyOnWriteArrayList<>();
        try (MessageQueue orders = open();
                MessageQueue shipping = open(telemetry.getOpenTelemetry(), "shipping")) {
            orders.consume(shipping::produce);
            shipping.consume(seen::add);
            orders.produce(message("m-1", 0));
            await().until(() -> telemetry.getSpans().size() == 4);
        }
        assertThat(named("send shipping").getParentSpanId())
                .isEqualTo(named("process orders").getSpanId());
        assertThat(named("process shipping").getTraceId())
                .isEqualTo(named("send orders").getTraceId());
        assertThat(seen.get(0).headers()).isEmpty();
    }

    @Test
    void theSpanOfTheCallerIsTheParent() {
        Span request = telemetry
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("request")
                .startSpan();
        try (MessageQueue queue = open();
                Scope scope = request.makeCurrent()) {
            queue.produce(message("m-1", 0));
        } finally {
            request.end();
        }
        assertThat(named("send orders").getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
    }

    @Test
    void aMessageThatComesWithATraceContinuesIt() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (MessageQueue queue = open()) {
            queue.produce(Message.builder()
                    .headers(Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01"))
                    .build());
        }
        assertThat(named("send orders").getTraceId()).isEqualTo(trace);
        assertThat(named("send orders").getParentSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @Test
    void theContextTravelsInTheHeaderOfW3cAndHandlersDoNotSeeIt() {
        List<Map<String, String>> stored = new CopyOnWriteArrayList<>();
        List<Map<String, String>> handled = new CopyOnWriteArrayList<>();
        try (MessageQueue inside = InMemoryQueue.open("orders", QueueConfig.defaults());
                MessageQueue traced =
                        Tracing.of(telemetry.getOpenTelemetry(), "in_memory").queue(inside)) {
            Message message =
                    message("m-1", 0).toBuilder().headers(Map.of("tenant", "a")).build();
            traced.produce(message);
            inside.consume(it -> stored.add(it.headers()));
            await().until(() -> stored.size() == 1);
        }
        try (MessageQueue traced = open()) {
            traced.consume(it -> handled.add(it.headers()));
            traced.produce(
                    message("m-2", 0).toBuilder().headers(Map.of("tenant", "a")).build());
            await().until(() -> handled.size() == 1);
        }
        assertThat(stored.get(0).get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-9a-f]");
        assertThat(stored.get(0)).containsEntry("tenant", "a");
        assertThat(handled.get(0)).containsExactly(Map.entry("tenant", "a"));
    }

    @Test
    void deadLettersAreListedAsTheyWereProduced() {
        try (MessageQueue queue = open()) {
            queue.consume(message -> {
                throw new IllegalStateException("no");
            });
            queue.produce(message("m-1", 0));
            await().until(() -> !queue.deadLetters().list(1).isEmpty());
            assertThat(queue.deadLetters().list(1).get(0).message().headers()).isEmpty();
        }
    }

    @Test
    void aRefusedProduceIsAnError() {
        MessageQueue queue = open();
        queue.close();
        assertThatThrownBy(() -> queue.produce(message("m-1", 0))).isInstanceOf(ClosedException.class);
        assertThat(named("send orders").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(named("send orders").getAttributes().get(Conventions.ERROR_TYPE))
                .isEqualTo(ClosedException.class.getName());
    }

    @Test
    void withoutAnSdkNothingIsAdded() {
        List<Message> seen = new CopyOnWriteArrayList<>();
        Message message = message("m-1", 0);
        try (MessageQueue queue = open(OpenTelemetry.noop(), "orders")) {
            queue.consume(seen::add);
            queue.produce(message);
            await().until(() -> seen.size() == 1);
        }
        assertThat(seen).containsExactly(message);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> Tracing.of(OpenTelemetry.noop(), " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("system is blank");
    }

    private static SpanData named(String name) {
        List<SpanData> found = all(name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static List<SpanData> all(String name) {
        return telemetry.getSpans().stream()
                .filter(it -> it.getName().equals(name))
                .toList();
    }
}
