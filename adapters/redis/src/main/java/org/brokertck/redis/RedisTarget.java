package org.brokertck.redis;

import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.brokertck.adapter.target.ClosedPort;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.RedisFailure;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server as the kit sees it. It claims {@link Capability#DURABLE} only of a server that syncs to disk before it
 * answers, and says so.
 */
public final class RedisTarget implements ConformanceTarget {
    private final RedisBroker broker;
    private final ServerFacts facts;
    private final @Nullable BrokerControl control;

    /**
     * A server that the kit may only talk to; no connection is made yet.
     *
     * @param uri as {@link RedisBroker#RedisBroker(URI)} takes it
     */
    public RedisTarget(URI uri) {
        this(new RedisBroker(uri), null);
    }

    /**
     * A server that the kit may also do harm to.
     *
     * @param uri as {@link RedisBroker#RedisBroker(URI)} takes it
     * @param control the hand on the switch of that server
     */
    public RedisTarget(URI uri, BrokerControl control) {
        this(new RedisBroker(uri), Objects.requireNonNull(control, "control"));
    }

    private RedisTarget(RedisBroker broker, @Nullable BrokerControl control) {
        this.broker = broker;
        this.facts = new ServerFacts(broker.address());
        this.control = control;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String version() {
        return facts.version();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(
                Capability.BOUNDED, Capability.REMOTE, Capability.RECONNECT, Capability.OFFSETS, Capability.REPLAY);
        if (facts.isDurable()) {
            capabilities.add(Capability.DURABLE);
        }
        if (control != null) {
            capabilities.add(Capability.FAULTS);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public Limits limits() {
        return RedisBroker.LIMITS;
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return broker.openQueue(name, config);
    }

    @Override
    public void removeQueue(String name) {
        broker.removeQueue(name);
    }

    @Override
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return broker.openPubSub(name, config);
    }

    @Override
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return broker.openPartitioned(name, config);
    }

    @Override
    public void removePartitioned(String name) {
        broker.removePartitioned(name);
    }

    @Override
    public MessageBroker openBroker(String name, BrokerConfig config) {
        return broker.openBroker(name, config);
    }

    @Override
    public void removeBroker(String name) {
        broker.removeBroker(name);
    }

    @Override
    public RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return broker.openRequestReply(name, config);
    }

    @Override
    public void removeRequestReply(String name) {
        broker.removeRequestReply(name);
    }

    @Override
    public Optional<Unreachable> unreachable() {
        String password = "made-up-" + UUID.randomUUID();
        String address = ClosedPort.address();
        RedisTarget target = new RedisTarget(URI.create("redis://nobody:" + password + "@" + address));
        return Optional.of(new Unreachable(target, address, password));
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.ofNullable(control);
    }

    @Override
    public void close() {
        broker.close();
    }

    /** @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses */
    void requireReachable() {
        try {
            facts.ping();
        } catch (RedisFailure e) {
            throw new Failures(broker.address()).unavailable(e, "use the server");
        }
    }
}
