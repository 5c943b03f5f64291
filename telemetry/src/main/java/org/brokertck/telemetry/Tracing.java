package org.brokertck.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.Objects;
import org.brokertck.api.message.Message;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.queue.MessageQueue;

/**
 * Wraps brokers so that they write spans by the semantic conventions of OpenTelemetry for messaging:
 *
 * <ul>
 *   <li>{@code send orders}: a produce. Its context travels in the message's headers, in W3C's {@code traceparent} where the
 *       propagators of the {@link OpenTelemetry} given are the usual ones;
 *   <li>{@code process orders}: a first attempt, on whatever thread or machine; a child of the produce;
 *   <li>{@code retry orders}: each further attempt, likewise;
 *   <li>{@code dead-letter orders}: a child of the attempt that was the last;
 *   <li>{@code receive user.created}: a message that a subscriber took.
 * </ul>
 *
 * <p>A handler runs inside the span of its attempt, so that whatever it does, another produce included, continues the trace. An
 * attempt that fails has the status of an error, and tells the exception.
 *
 * <p>The headers that the propagators use belong to the tracing: what a message carries under their names is overwritten when it is
 * produced, and handlers do not see them. Subscribers do, since they have no span to be in: {@link #contextOf} reads them.
 */
public final class Tracing {
    private final HeaderContext headers;
    private final Spans spans;

    private Tracing(OpenTelemetry telemetry, String system) {
        this.headers = new HeaderContext(telemetry.getPropagators().getTextMapPropagator());
        this.spans = new Spans(telemetry.getTracer("org.brokertck.telemetry"), headers, system);
    }

    /**
     * A tracing that hands its spans to an SDK.
     *
     * @param telemetry the SDK; {@link OpenTelemetry#noop()} for none
     * @param system the value of {@code messaging.system}: {@code rabbitmq}, {@code redis}, or a name of one's own
     * @throws IllegalArgumentException when the system is blank
     */
    public static Tracing of(OpenTelemetry telemetry, String system) {
        Objects.requireNonNull(telemetry, "telemetry");
        if (Objects.requireNonNull(system, "system").isBlank()) {
            throw new IllegalArgumentException("system is blank: name the broker, 'rabbitmq' for instance");
        }
        return new Tracing(telemetry, system);
    }

    /** A queue that is traced. Closing it closes the one inside. */
    public MessageQueue queue(MessageQueue queue) {
        return new TracedQueue(Objects.requireNonNull(queue, "queue"), headers, spans);
    }

    /** A publish/subscribe broker that is traced. Closing it closes the one inside. */
    public PubSubBroker pubSub(PubSubBroker broker) {
        return new TracedPubSub(Objects.requireNonNull(broker, "broker"), headers, spans);
    }

    /**
     * A partitioned broker that is traced. Closing it closes the one inside.
     *
     * @param config as the broker was opened with, since its delivery limit cannot be seen from outside
     */
    public PartitionedBroker partitioned(PartitionedBroker broker, PartitionedConfig config) {
        return new TracedPartitioned(
                Objects.requireNonNull(broker, "broker"),
                headers,
                spans,
                Objects.requireNonNull(config, "config").deliveryLimit());
    }

    /**
     * The context that a message came with, to be the parent of the span in which a subscriber handles it; the root when it has none.
     */
    public Context contextOf(Message message) {
        return headers.extract(Context.root(), message.headers());
    }
}
