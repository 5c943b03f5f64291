package org.brokertck.cli;

import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;

/** Tells an unreachable server once, before everything fails of it. */
final class Probe {
    private static final String NAME = "tck-probe";

    private Probe() {}

    /** @throws NoTargetException when the target's server cannot be reached */
    static void reach(ConformanceTarget target) {
        try {
            if (target.contracts().contains(Contract.QUEUE)) {
                target.openQueue(NAME, QueueConfig.defaults()).close();
                target.removeQueue(NAME);
            } else if (target.contracts().contains(Contract.PUBSUB)) {
                target.openPubSub(NAME, PubSubConfig.defaults()).close();
                target.removePubSub(NAME);
            } else if (target.contracts().contains(Contract.PARTITIONED)) {
                target.openPartitioned(NAME, PartitionedConfig.defaults()).close();
                target.removePartitioned(NAME);
            } else if (target.contracts().contains(Contract.BROKER)) {
                target.openBroker(NAME, BrokerConfig.defaults()).close();
                target.removeBroker(NAME);
            } else if (target.contracts().contains(Contract.REQUESTREPLY)) {
                target.openRequestReply(NAME, RequestReplyConfig.defaults()).close();
                target.removeRequestReply(NAME);
            }
        } catch (BrokerUnavailableException e) {
            throw new NoTargetException("Target " + target.name() + " cannot be reached: " + e.getMessage(), e);
        }
    }
}
