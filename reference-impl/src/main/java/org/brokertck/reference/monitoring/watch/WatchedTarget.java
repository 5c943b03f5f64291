package org.brokertck.reference.monitoring.watch;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.api.target.Limits;
import org.brokertck.api.target.Unreachable;
import org.brokertck.api.target.VirtualTime;

/** A target whose instances are watched, and which is as the one inside otherwise. */
record WatchedTarget(ConformanceTarget target, BrokerWatch watch) implements ConformanceTarget {
    private static final Set<Contract> WATCHED = EnumSet.of(Contract.QUEUE, Contract.PUBSUB, Contract.PARTITIONED);

    @Override
    public String name() {
        return target.name() + ", watched";
    }

    @Override
    public String version() {
        return target.version();
    }

    @Override
    public Set<Contract> contracts() {
        Set<Contract> both = EnumSet.copyOf(WATCHED);
        both.retainAll(target.contracts());
        return both;
    }

    @Override
    public Set<Capability> capabilities() {
        return target.capabilities();
    }

    @Override
    public Limits limits() {
        return target.limits();
    }

    @Override
    public MessageQueue openQueue(String name, QueueConfig config) {
        return watch.queue(target.openQueue(name, config));
    }

    @Override
    public void removeQueue(String name) {
        target.removeQueue(name);
    }

    @Override
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return watch.pubSub(target.openPubSub(name, config));
    }

    @Override
    public void removePubSub(String name) {
        target.removePubSub(name);
    }

    @Override
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return watch.partitioned(target.openPartitioned(name, config), config);
    }

    @Override
    public void removePartitioned(String name) {
        target.removePartitioned(name);
    }

    @Override
    public Optional<VirtualTime> virtualTime() {
        return target.virtualTime().map(it -> new VirtualTime(watch.target(it.target()), it.clock()));
    }

    @Override
    public Optional<Unreachable> unreachable() {
        return target.unreachable();
    }

    @Override
    public Optional<BrokerControl> control() {
        return target.control();
    }

    @Override
    public void close() {
        target.close();
    }
}
