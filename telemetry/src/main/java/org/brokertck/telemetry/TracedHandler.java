package org.brokertck.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;

/**
 * A member's handler whose attempts are traced. Records are retried in place (rule L-15), so that one failed record per partition is
 * all that must be remembered to tell a retry from a first attempt.
 */
final class TracedHandler implements RecordHandler {
    private final String group;
    private final RecordHandler handler;
    private final UnaryOperator<PartitionRecord> plain;
    private final Spans spans;
    private final int deliveryLimit;
    private final Map<Integer, Failed> failed = new ConcurrentHashMap<>();

    TracedHandler(
            String group, RecordHandler handler, UnaryOperator<PartitionRecord> plain, Spans spans, int deliveryLimit) {
        this.group = group;
        this.handler = handler;
        this.plain = plain;
        this.spans = spans;
        this.deliveryLimit = deliveryLimit;
    }

    @Override
    public void handle(PartitionRecord record) throws Exception {
        int retries = retriesOf(record);
        Span span = spans.attempt(retries, record.topic(), record.headers())
                .setAttribute(Conventions.PARTITION, Integer.toString(record.partition()))
                .setAttribute(Conventions.GROUP, group)
                .setAttribute(Conventions.BODY_SIZE, (long) record.valueSize())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            attempt(record, retries);
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private void attempt(PartitionRecord record, int retries) throws Exception {
        try {
            handler.handle(plain.apply(record));
            failed.remove(record.partition());
        } catch (Throwable failure) {
            if (retries + 1 >= deliveryLimit) {
                failed.remove(record.partition());
                spans.deadLettered(record.topic(), Conventions.PARTITION, Integer.toString(record.partition()));
            } else {
                failed.put(record.partition(), new Failed(record, retries + 1));
            }
            throw failure;
        }
    }

    private int retriesOf(PartitionRecord record) {
        Failed before = failed.get(record.partition());
        return before != null && before.isOf(record) ? before.attempts() : 0;
    }

    /** A record whose attempts failed so far. */
    private record Failed(PartitionRecord record, int attempts) {
        boolean isOf(PartitionRecord other) {
            return record.offset() == other.offset()
                    && (other.offset() != Position.UNKNOWN_OFFSET || record.equals(other));
        }
    }
}
