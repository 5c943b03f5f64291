package org.brokertck.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;

/** A partitioned broker whose records are traced. */
final class TracedPartitioned implements PartitionedBroker {
    private final PartitionedBroker broker;
    private final HeaderContext headers;
    private final Spans spans;
    private final int deliveryLimit;

    TracedPartitioned(PartitionedBroker broker, HeaderContext headers, Spans spans, int deliveryLimit) {
        this.broker = broker;
        this.headers = headers;
        this.spans = spans;
        this.deliveryLimit = deliveryLimit;
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public void createTopic(String topic, int partitions) {
        broker.createTopic(topic, partitions);
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        Span span = send(topic, message).startSpan();
        try (Scope scope = span.makeCurrent()) {
            Position position = broker.produce(topic, traced(message));
            landed(span, position);
            return position;
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        Span span = send(topic, message).startSpan();
        try (Scope scope = span.makeCurrent()) {
            CompletableFuture<Position> future = broker.produceAsync(topic, traced(message));
            future.whenComplete((position, failure) -> ended(span, position, failure));
            return future;
        } catch (Throwable refusal) {
            Spans.failed(span, refusal);
            span.end();
            throw refusal;
        }
    }

    @SuppressWarnings("NullAway") // of the two, one is null
    private static void ended(Span span, Position position, Throwable failure) {
        if (failure == null) {
            landed(span, position);
        } else {
            Spans.failed(span, failure);
        }
        span.end();
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(messages, "messages");
        Span span = spans.send("send", topic, Map.of())
                .setAttribute(Conventions.BATCH_COUNT, (long) messages.size())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            return broker.produceBatch(
                    topic, messages.stream().map(this::tracedOrNull).toList());
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return broker.subscribe(topic, group, traced(group, handler));
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        return broker.subscribe(topic, group, traced(group, handler), startFrom);
    }

    private RecordHandler traced(String group, RecordHandler handler) {
        return new TracedHandler(
                Objects.requireNonNull(group, "group"),
                Objects.requireNonNull(handler, "handler"),
                this::plain,
                spans,
                deliveryLimit);
    }

    private SpanBuilder send(String topic, KeyedMessage message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        return spans.send("send", topic, message.headers())
                .setAttribute(Conventions.BODY_SIZE, (long) message.valueSize());
    }

    private static void landed(Span span, Position position) {
        span.setAttribute(Conventions.PARTITION, Integer.toString(position.partition()));
    }

    private KeyedMessage traced(KeyedMessage message) {
        return TracedMessages.with(message, headers.inject(Context.current(), message.headers()));
    }

    /** What is missing is refused by the broker, which names it. */
    @SuppressWarnings({"NullAway", "UnusedVariable"})
    private KeyedMessage tracedOrNull(KeyedMessage message) {
        return message == null ? null : traced(message);
    }

    private PartitionRecord plain(PartitionRecord record) {
        return headers.isIn(record.headers()) ? TracedMessages.with(record, headers.strip(record.headers())) : record;
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        return broker.committed(topic, group);
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        return broker.read(topic, partition, from, limit).stream()
                .map(this::plain)
                .toList();
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        return new PlainDeadRecords(broker.deadLetters(topic), this::plain);
    }

    @Override
    public PartitionedMetrics metrics() {
        return broker.metrics();
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        return broker.shutdown(deadline);
    }

    @Override
    public void close() {
        broker.close();
    }
}
