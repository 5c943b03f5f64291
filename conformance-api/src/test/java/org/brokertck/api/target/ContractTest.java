package org.brokertck.api.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.resilience.ConnectionFactory;
import org.brokertck.api.resilience.ConnectionPool;
import org.brokertck.api.resilience.PoolConfig;
import org.junit.jupiter.api.Test;

/** A target provides what its class opens, unless it says otherwise. */
class ContractTest {
    @Test
    void aTargetThatOpensNothingProvidesNothing() {
        ConformanceTarget bare = () -> "bare";

        assertThat(bare.contracts()).isEmpty();
    }

    @Test
    void whatAClassOpensItsTargetProvides() {
        assertThat(new Topics().contracts()).containsExactly(Contract.PUBSUB).isUnmodifiable();
        assertThat(new QueuesToo().contracts()).containsExactly(Contract.QUEUE, Contract.PUBSUB);
        assertThat(new Brokers().contracts()).containsExactly(Contract.BROKER);
        assertThat(new Pools().contracts()).containsExactly(Contract.POOL);
        assertThat(new Partitions().contracts()).containsExactly(Contract.PARTITIONED);
    }

    @Test
    void aMethodOfTheSameNameOpensNothing() {
        Unrelated unrelated = () -> "unrelated";

        assertThat(unrelated.contracts()).isEmpty();
    }

    @Test
    void contractsGoByTheirWords() {
        assertThat(Contract.values())
                .extracting(Contract::word)
                .containsExactly(
                        "queue",
                        "pubsub",
                        "partitioned",
                        "broker",
                        "monitor",
                        "multibroker",
                        "requestreply",
                        "batch",
                        "pool",
                        "breaker",
                        "codec");
        assertThat(Contract.values())
                .extracting(Contract::title)
                .containsExactly(
                        "message queue",
                        "publish/subscribe broker",
                        "partitioned broker",
                        "message broker",
                        "queue monitor",
                        "multi-broker",
                        "request/reply",
                        "batch processor",
                        "connection pool",
                        "circuit breaker",
                        "message codec");
    }

    private static final class Pools implements ConformanceTarget {
        @Override
        public String name() {
            return "pools";
        }

        @Override
        public <C> ConnectionPool<C> openConnectionPool(String name, PoolConfig config, ConnectionFactory<C> factory) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    private static class Topics implements ConformanceTarget {
        @Override
        public String name() {
            return "topics";
        }

        @Override
        public PubSubBroker openPubSub(String name, PubSubConfig config) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    private static final class QueuesToo extends Topics {
        @Override
        public MessageQueue openQueue(String name, QueueConfig config) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    private static final class Brokers implements ConformanceTarget {
        @Override
        public String name() {
            return "brokers";
        }

        @Override
        public MessageBroker openBroker(String name, BrokerConfig config) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    private interface Partitioning extends ConformanceTarget {
        @Override
        default PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
            throw new UnsupportedOperationException("never opened");
        }
    }

    private static final class Partitions implements Partitioning {
        @Override
        public String name() {
            return "partitions";
        }
    }

    /** Whose helper is called like the method of the contract. */
    interface Unrelated extends ConformanceTarget {
        default MessageQueue openQueue(QueueConfig config) {
            return openQueue("q", config);
        }
    }
}
