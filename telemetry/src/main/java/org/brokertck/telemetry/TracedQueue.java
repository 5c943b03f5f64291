package org.brokertck.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueMetrics;

/** A message queue whose messages are traced. */
final class TracedQueue implements MessageQueue {
    private final MessageQueue queue;
    private final HeaderContext headers;
    private final Spans spans;
    private final DeadLetters deadLetters;

    TracedQueue(MessageQueue queue, HeaderContext headers, Spans spans) {
        this.queue = queue;
        this.headers = headers;
        this.spans = spans;
        this.deadLetters = new PlainDeadLetters(queue.deadLetters(), this::plain);
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public void produce(Message message) {
        Objects.requireNonNull(message, "message");
        Span span = spans.send("send", name(), message.headers())
                .setAttribute(Conventions.MESSAGE_ID, message.id())
                .setAttribute(Conventions.BODY_SIZE, (long) message.payloadSize())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            queue.produce(TracedMessages.with(message, headers.inject(Context.current(), message.headers())));
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return queue.consume(message -> attempt(message, handler));
    }

    private void attempt(Message message, MessageHandler handler) throws Exception {
        Span span = spans.attempt(message.retries(), name(), message.headers())
                .setAttribute(Conventions.MESSAGE_ID, message.id())
                .setAttribute(Conventions.BODY_SIZE, (long) message.payloadSize())
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            handle(message, handler);
        } catch (Throwable failure) {
            Spans.failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private void handle(Message message, MessageHandler handler) throws Exception {
        try {
            handler.handle(plain(message));
        } catch (Throwable failure) {
            if (message.retries() >= message.maxRetries()) {
                spans.deadLettered(name(), Conventions.MESSAGE_ID, message.id());
            }
            throw failure;
        }
    }

    /** The message as it was produced. */
    private Message plain(Message message) {
        return headers.isIn(message.headers())
                ? TracedMessages.with(message, headers.strip(message.headers()))
                : message;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public QueueMetrics metrics() {
        return queue.metrics();
    }

    @Override
    public void close() {
        queue.close();
    }
}
