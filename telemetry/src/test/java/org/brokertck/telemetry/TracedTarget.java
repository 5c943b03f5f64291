package org.brokertck.telemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.target.InMemoryTarget;

/** The reference, traced by an SDK that exports nowhere. */
record TracedTarget(ConformanceTarget reference, Tracing tracing) implements ConformanceTarget {
    /** Handlers do not see the context, so that a traced queue delivers what was produced. */
    static TracedTarget withContext() {
        return with(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
    }

    /** Subscribers do see it, which is not what was published: everything else is tested without. */
    static TracedTarget withoutContext() {
        return with(ContextPropagators.noop());
    }

    private static TracedTarget with(ContextPropagators propagators) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder().build())
                .setPropagators(propagators)
                .build();
        return new TracedTarget(new InMemoryTarget(), Tracing.of(sdk, "in_memory"));
    }

    @Override
    public String name() {
        return "traced";
    }

    @Override
    public Set<Capability> capabilities() {
        return reference.capabilities();
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return tracing.queue(reference.openQueue(name, config));
    }

    @Override
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return tracing.pubSub(reference.openPubSub(name, config));
    }

    @Override
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return tracing.partitioned(reference.openPartitioned(name, config), config);
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        return reference.virtualTime().map(it -> new VirtualTime(new TracedTarget(it.target(), tracing), it.clock()));
    }
}
