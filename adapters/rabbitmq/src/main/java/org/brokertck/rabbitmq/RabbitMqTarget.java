package org.brokertck.rabbitmq;

import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.brokertck.adapter.target.ClosedPort;
import org.brokertck.api.BrokerUnavailableException;
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
import org.brokertck.api.target.Contract;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.jspecify.annotations.Nullable;

/** RabbitMQ as the conformance kit sees it. It claims everything but bounded capacity; the package says why. */
public final class RabbitMqTarget implements ConformanceTarget {
    private static final String NAME = "rabbitmq";
    private static final String MADE_UP_PASSWORD = "made-up-pass-7f3a";

    private final RabbitMqBroker broker;
    private final @Nullable BrokerControl control;

    /**
     * A server without a hand on its switch. Nothing is connected yet.
     *
     * @param uri as for {@link RabbitMqBroker}
     */
    public RabbitMqTarget(URI uri) {
        this(new RabbitMqBroker(uri), null);
    }

    /**
     * A server that the kit may disturb. Nothing is connected yet.
     *
     * @param uri as for {@link RabbitMqBroker}
     * @param control the switch of that server
     */
    public RabbitMqTarget(URI uri, BrokerControl control) {
        this(new RabbitMqBroker(uri), Objects.requireNonNull(control, "control"));
    }

    private RabbitMqTarget(RabbitMqBroker broker, @Nullable BrokerControl control) {
        this.broker = broker;
        this.control = control;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What the server tells, or unknown while it cannot be reached. */
    @Override
    public String version() {
        try {
            return broker.serverVersion();
        } catch (BrokerUnavailableException e) {
            return "unknown";
        }
    }

    @Override
    public Set<Contract> contracts() {
        return Set.of(Contract.QUEUE, Contract.PUBSUB, Contract.PARTITIONED, Contract.REQUESTREPLY, Contract.BROKER);
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> claims = EnumSet.of(
                Capability.DURABLE, Capability.REMOTE, Capability.RECONNECT, Capability.OFFSETS, Capability.REPLAY);
        if (control != null) {
            claims.add(Capability.FAULTS);
        }
        return claims;
    }

    @Override
    public Limits limits() {
        return MessageSizes.LIMITS;
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
    public void removePubSub(String name) {
        broker.removePubSub(name);
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

    /** There is nothing to delete: what request/reply has on the server goes with its responders. */
    @Override
    public void removeRequestReply(String name) {}

    @Override
    public Optional<Unreachable> unreachable() {
        String address = ClosedPort.address();
        URI nowhere = URI.create("amqp://nobody:" + MADE_UP_PASSWORD + "@" + address);
        return Optional.of(new Unreachable(new RabbitMqTarget(nowhere), address, MADE_UP_PASSWORD));
    }

    @Override
    public Optional<BrokerControl> control() {
        return Optional.ofNullable(control);
    }

    /** Closes the queues that are still open; the server goes on. */
    @Override
    public void close() {
        broker.close();
    }

    RabbitMqBroker broker() {
        return broker;
    }
}
