package org.brokertck.reference.target;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.BatchProcessor;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.reference.codec.JacksonMessageCodec;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.multibroker.InMemoryMessageBroker;
import org.brokertck.reference.multibroker.RoutingMultiBroker;
import org.brokertck.reference.partitioned.InMemoryPartitionedBroker;
import org.brokertck.reference.pubsub.InMemoryPubSubBroker;
import org.brokertck.reference.queue.InMemoryQueue;
import org.brokertck.reference.requestreply.InMemoryRequestReply;
import org.brokertck.reference.resilience.CountingCircuitBreaker;
import org.brokertck.reference.resilience.FairConnectionPool;
import org.brokertck.reference.resilience.OrderedBatchProcessor;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.jspecify.annotations.Nullable;

/** The reference as a target, on the system's time or on a clock. */
public final class InMemoryTarget implements ConformanceTarget {
    static final String NAME = "in-memory";
    /** When the classes come from no jar that says. */
    private static final String DEVELOPMENT_VERSION = "0.1.0-SNAPSHOT";

    private final @Nullable TimeSource time;

    /** A target on the system's time: each instance has a timer of its own. */
    public InMemoryTarget() {
        this.time = null;
    }

    /** A target whose instances all live on one time source. */
    public InMemoryTarget(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        String version = InMemoryTarget.class.getPackage().getImplementationVersion();
        return version == null ? DEVELOPMENT_VERSION : version;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED, Capability.OFFSETS, Capability.REPLAY);
    }

    @Override
    public Limits limits() {
        return Limits.DEFAULT;
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return time == null ? InMemoryQueue.open(name, config) : InMemoryQueue.open(name, config, time);
    }

    @Override
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return time == null ? InMemoryPubSubBroker.open(name, config) : InMemoryPubSubBroker.open(name, config, time);
    }

    @Override
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return time == null
                ? InMemoryPartitionedBroker.open(name, config)
                : InMemoryPartitionedBroker.open(name, config, time);
    }

    @Override
    public QueueMonitor openMonitor(String name, MonitorConfig config) {
        return time == null ? InMemoryQueueMonitor.open(name, config) : InMemoryQueueMonitor.open(name, config, time);
    }

    @Override
    public MessageBroker openBroker(String name, BrokerConfig config) {
        return time == null ? InMemoryMessageBroker.open(name, config) : InMemoryMessageBroker.open(name, config, time);
    }

    @Override
    public MultiBroker openMultiBroker(String name, MultiBrokerConfig config) {
        return time == null ? RoutingMultiBroker.open(name, config) : RoutingMultiBroker.open(name, config, time);
    }

    @Override
    public RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return time == null ? InMemoryRequestReply.open(name, config) : InMemoryRequestReply.open(name, config, time);
    }

    @Override
    public <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
        return time == null
                ? OrderedBatchProcessor.open(name, config, handler)
                : OrderedBatchProcessor.open(name, config, handler, time);
    }

    @Override
    public <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
        return time == null
                ? FairConnectionPool.open(name, config, factory)
                : FairConnectionPool.open(name, config, factory, time);
    }

    @Override
    public CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
        return time == null
                ? CountingCircuitBreaker.open(name, config)
                : CountingCircuitBreaker.open(name, config, time);
    }

    @Override
    public MessageCodec openCodec(String name, CodecConfig config) {
        return JacksonMessageCodec.open(config);
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        VirtualClock clock = new VirtualClock();
        return Optional.of(new VirtualTime(new InMemoryTarget(clock), clock));
    }
}
