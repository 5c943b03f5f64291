package org.brokertck.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;

/** Starts the spans of all brokers alike. */
final class Spans {
    private final Tracer tracer;
    private final HeaderContext headers;
    private final String system;

    Spans(Tracer tracer, HeaderContext headers, String system) {
        this.tracer = tracer;
        this.headers = headers;
        this.system = system;
    }

    /**
     * A produce: a child of the span that the caller is in, or else of the one that the message came with, so that a message that is
     * handed on by something untraced does not lose its trace.
     */
    SpanBuilder send(String operation, String destination, Map<String, String> ownHeaders) {
        Context current = Context.current();
        boolean inSpan = Span.fromContext(current).getSpanContext().isValid();
        return named(operation, "send", destination, SpanKind.PRODUCER)
                .setParent(inSpan ? current : headers.extract(current, ownHeaders));
    }

    /** An attempt of a handler: a child of the produce, by what the message carries. */
    SpanBuilder attempt(int retries, String destination, Map<String, String> carried) {
        return named(retries > 0 ? "retry" : "process", "process", destination, SpanKind.CONSUMER)
                .setParent(headers.extract(Context.current(), carried))
                .setAttribute(Conventions.RETRIES, (long) retries);
    }

    /** A subscriber's taking of a message: a child of its publish. */
    SpanBuilder receive(String destination, Map<String, String> carried) {
        return named("receive", "receive", destination, SpanKind.CONSUMER)
                .setParent(headers.extract(Context.current(), carried));
    }

    /** That the attempt in whose span the caller is was the last, and the message is set aside. */
    void deadLettered(String destination, AttributeKey<String> key, String value) {
        named("dead-letter", "settle", destination, SpanKind.CLIENT)
                .setAttribute(key, value)
                .startSpan()
                .end();
    }

    /** Marks what the span stands for as failed. */
    static void failed(Span span, Throwable failure) {
        String type = failure.getClass().getName();
        span.setAttribute(Conventions.ERROR_TYPE, type);
        try {
            String text = failure.getMessage();
            span.setStatus(StatusCode.ERROR, text == null ? type : text);
            span.recordException(failure);
        } catch (Throwable unspeakable) { // an exception whose own methods throw is told by its type (rule G-12)
            span.setStatus(StatusCode.ERROR, type);
        }
    }

    private SpanBuilder named(String operation, String type, String destination, SpanKind kind) {
        return tracer.spanBuilder(operation + " " + destination)
                .setSpanKind(kind)
                .setAttribute(Conventions.SYSTEM, system)
                .setAttribute(Conventions.OPERATION_NAME, operation)
                .setAttribute(Conventions.OPERATION_TYPE, type)
                .setAttribute(Conventions.DESTINATION, destination);
    }
}
