package org.brokertck.api.target;

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

/**
 * An implementation as the kit sees it: it opens instances of the contracts, and claims what it supports. The kit calls one
 * target from one thread at a time, but uses several of its instances at once, and closes them all before the target.
 */
public interface ConformanceTarget extends AutoCloseable {
    /** A short name for reports, such as {@code in-memory}. */
    String name();

    /** The version of what is tested, for reports. */
    default String version() {
        return "unknown";
    }

    /**
     * The contracts that the target provides. By default those whose {@code open…} method its class overrides; a target that hands
     * such calls on to another one hands this one on too.
     */
    default Set<Contract> contracts() {
        return Contract.openedBy(getClass());
    }

    /** What the target claims beyond the rules that bind everyone. */
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /** The sizes up to which messages are taken. */
    default Limits limits() {
        return Limits.DEFAULT;
    }

    /**
     * Opens a queue. The kit uses each name for one test, and opens a name again only where durability is tested.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the queue
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has no message queue
     */
    default MessageQueue openQueue(String name, QueueConfig config) {
        throw new UnsupportedOperationException(name() + " has no message queue");
    }

    /**
     * Deletes what a server keeps of a queue: the kit calls it for every queue that it is done with, so that a run leaves
     * nothing behind. By then all instances of the queue are closed. Does nothing by default.
     *
     * @param name as given to {@link #openQueue}; a name that was never opened is no error
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     */
    default void removeQueue(String name) {}

    /**
     * Opens a publish/subscribe broker. The kit uses each name for one test, and opens it again only where several instances of a
     * broker behind a server are tested.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the broker
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has none
     */
    default PubSubBroker openPubSub(String name, PubSubConfig config) {
        throw new UnsupportedOperationException(name() + " has no publish/subscribe broker");
    }

    /** Deletes what a server keeps of a publish/subscribe broker, as {@link #removeQueue} does of a queue. */
    default void removePubSub(String name) {}

    /**
     * Opens a partitioned broker. The kit uses each name for one test, and opens it again where several instances or a reopening are
     * tested: behind a server they share topics, groups and commits.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the broker
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has none
     */
    default PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        throw new UnsupportedOperationException(name() + " has no partitioned broker");
    }

    /** Deletes what a server keeps of a partitioned broker, as {@link #removeQueue} does of a queue. */
    default void removePartitioned(String name) {}

    /**
     * Opens a message broker. The kit uses each name for one test, and opens it again only where several instances of a broker behind
     * a server are tested.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the broker
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has none
     */
    default MessageBroker openBroker(String name, BrokerConfig config) {
        throw new UnsupportedOperationException(name() + " has no message broker");
    }

    /** Deletes what a server keeps of a message broker, as {@link #removeQueue} does of a queue. */
    default void removeBroker(String name) {}

    /**
     * Opens a monitor. The kit uses each name for one test. A monitor keeps nothing once it is closed, so there is nothing to remove.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the monitor
     * @throws UnsupportedOperationException when the target has none
     */
    default QueueMonitor openMonitor(String name, MonitorConfig config) {
        throw new UnsupportedOperationException(name() + " has no queue monitor");
    }

    /**
     * Opens a multi-broker without any broker: the kit adds brokers of its own, which do what a test asks of them. So there is
     * nothing to delete afterwards. The kit uses each name for one test.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the multi-broker
     * @throws UnsupportedOperationException when the target has none
     */
    default MultiBroker openMultiBroker(String name, MultiBrokerConfig config) {
        throw new UnsupportedOperationException(name() + " has no multi-broker");
    }

    /**
     * Opens an instance of request/reply. The kit uses each name for one test, and opens it again only where several instances behind a
     * server are tested: they reach each other's responders.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters
     * @param config the settings of the instance
     * @throws org.brokertck.api.BrokerUnavailableException when its server cannot be reached
     * @throws UnsupportedOperationException when the target has none
     */
    default RequestReply openRequestReply(String name, RequestReplyConfig config) {
        throw new UnsupportedOperationException(name() + " has no request/reply");
    }

    /** Deletes what a server keeps of an instance of request/reply, as {@link #removeQueue} does of a queue. */
    default void removeRequestReply(String name) {}

    /**
     * Opens a batch processor.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters; each is used for one test
     * @param config the settings of the processor
     * @param handler takes the batches
     * @throws UnsupportedOperationException when the target has none
     */
    default <T> BatchProcessor<T> openBatchProcessor(String name, BatchConfig config, BatchHandler<T> handler) {
        throw new UnsupportedOperationException(name() + " has no batch processor");
    }

    /**
     * Opens a connection pool.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters; each is used for one test
     * @param config the settings of the pool
     * @param factory makes the connections, which are the kit's own and no network's
     * @throws UnsupportedOperationException when the target has none
     */
    default <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
        throw new UnsupportedOperationException(name() + " has no connection pool");
    }

    /**
     * Opens a circuit breaker.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters; each is used for one test
     * @param config the settings of the breaker
     * @throws UnsupportedOperationException when the target has none
     */
    default CircuitBreaker openCircuitBreaker(String name, CircuitBreakerConfig config) {
        throw new UnsupportedOperationException(name() + " has no circuit breaker");
    }

    /**
     * Opens a codec.
     *
     * @param name letters, digits, dots and hyphens, at most 100 characters; each is used for one test
     * @param config the settings of the codec
     * @throws UnsupportedOperationException when the target has none
     */
    default MessageCodec openCodec(String name, CodecConfig config) {
        throw new UnsupportedOperationException(name() + " has no codec");
    }

    /**
     * A target on a manual clock, afresh with each call. Where there is one, the timing rules are checked exactly and in
     * virtual time; where there is none, by the wall clock with a tolerance.
     */
    default Optional<VirtualTime> virtualTime() {
        return Optional.empty();
    }

    /** A target that points nowhere; required for {@link Capability#REMOTE}. */
    default Optional<Unreachable> unreachable() {
        return Optional.empty();
    }

    /** The switch of the server, where the kit may use it. */
    default Optional<BrokerControl> control() {
        return Optional.empty();
    }

    /** Frees what the target holds, a container for instance. Does nothing by default. */
    @Override
    default void close() {}
}
