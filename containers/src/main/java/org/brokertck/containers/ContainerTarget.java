package org.brokertck.containers;

import java.util.Optional;
import java.util.Set;
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
import org.brokertck.api.target.VirtualTime;

/** An adapter's target that owns its server. */
final class ContainerTarget implements ConformanceTarget {
    private final ConformanceTarget adapter;
    private final BrokerContainer broker;

    ContainerTarget(ConformanceTarget adapter, BrokerContainer broker) {
        this.adapter = adapter;
        this.broker = broker;
    }

    @Override
    public String name() {
        return adapter.name();
    }

    @Override
    public String version() {
        return adapter.version();
    }

    @Override
    public Set<Contract> contracts() {
        return adapter.contracts();
    }

    @Override
    public Set<Capability> capabilities() {
        return adapter.capabilities();
    }

    @Override
    public Limits limits() {
        return adapter.limits();
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return adapter.openQueue(name, config);
    }

    @Override
    public void removeQueue(String name) {
        adapter.removeQueue(name);
    }

    @Override
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return adapter.openPubSub(name, config);
    }

    @Override
    public void removePubSub(String name) {
        adapter.removePubSub(name);
    }

    @Override
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return adapter.openPartitioned(name, config);
    }

    @Override
    public void removePartitioned(String name) {
        adapter.removePartitioned(name);
    }

    @Override
    public MessageBroker openBroker(String name, BrokerConfig config) {
        return adapter.openBroker(name, config);
    }

    @Override
    public void removeBroker(String name) {
        adapter.removeBroker(name);
    }

    @Override
    public RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return adapter.openRequestReply(name, config);
    }

    @Override
    public void removeRequestReply(String name) {
        adapter.removeRequestReply(name);
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        return adapter.virtualTime();
    }

    @Override
    public Optional<Unreachable> unreachable() {
        return adapter.unreachable();
    }

    @Override
    public Optional<BrokerControl> control() {
        return adapter.control();
    }

    @Override
    public void close() {
        try {
            adapter.close();
        } finally {
            broker.close();
        }
    }

    @Override
    public String toString() {
        return "ContainerTarget[" + adapter.name() + " in " + broker + "]";
    }
}
