package org.brokertck.api.target;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.resilience.BatchConfig;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.PoolConfig;

/** The contracts that a target may provide. */
public enum Contract {
    /** {@link org.brokertck.api.queue.MessageQueue}. */
    QUEUE("openQueue", QueueConfig.class, "message queue"),
    /** {@link org.brokertck.api.pubsub.PubSubBroker}. */
    PUBSUB("openPubSub", PubSubConfig.class, "publish/subscribe broker"),
    /** {@link org.brokertck.api.partitioned.PartitionedBroker}. */
    PARTITIONED("openPartitioned", PartitionedConfig.class, "partitioned broker"),
    /** {@link org.brokertck.api.multibroker.MessageBroker}. */
    BROKER("openBroker", BrokerConfig.class, "message broker"),
    /** {@link org.brokertck.api.monitoring.QueueMonitor}. */
    MONITOR("openMonitor", MonitorConfig.class, "queue monitor"),
    /** {@link org.brokertck.api.multibroker.MultiBroker}. */
    MULTIBROKER("openMultiBroker", MultiBrokerConfig.class, "multi-broker"),
    /** {@link org.brokertck.api.requestreply.RequestReply}. */
    REQUESTREPLY("openRequestReply", RequestReplyConfig.class, "request/reply"),
    /** {@link org.brokertck.api.resilience.BatchProcessor}. */
    BATCH("openBatchProcessor", BatchConfig.class, "batch processor", BatchHandler.class),
    /** {@link org.brokertck.api.resilience.ConnectionPool}. */
    POOL("openConnectionPool", PoolConfig.class, "connection pool", ConnectionFactory.class),
    /** {@link org.brokertck.api.resilience.CircuitBreaker}. */
    BREAKER("openCircuitBreaker", CircuitBreakerConfig.class, "circuit breaker"),
    /** {@link org.brokertck.api.codec.MessageCodec}. */
    CODEC("openCodec", CodecConfig.class, "message codec");

    private final String method;
    private final Class<?>[] parameters;
    private final String title;

    /** @param more what the method takes after the name and the settings */
    Contract(String method, Class<?> config, String title, Class<?>... more) {
        this.method = method;
        this.parameters = Stream.concat(Stream.of(String.class, config), Arrays.stream(more))
                .toArray(Class<?>[]::new);
        this.title = title;
    }

    /** The contracts whose method this class of targets overrides. */
    static Set<Contract> openedBy(Class<? extends ConformanceTarget> target) {
        Set<Contract> provided = EnumSet.noneOf(Contract.class);
        Arrays.stream(values()).filter(it -> it.isOpenedBy(target)).forEach(provided::add);
        return Collections.unmodifiableSet(provided);
    }

    private boolean isOpenedBy(Class<?> target) {
        try {
            return target.getMethod(method, parameters).getDeclaringClass() != ConformanceTarget.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(target + " is a target, and so has a method " + method, e);
        }
    }

    /** The word on the command line: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is called in sentences. */
    public String title() {
        return title;
    }
}
