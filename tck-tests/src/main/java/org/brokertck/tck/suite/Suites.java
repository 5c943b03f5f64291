package org.brokertck.tck.suite;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;

/** Which class gathers the rule tests of which contract. */
public final class Suites {
    private static final Map<Contract, Class<? extends RuleTests>> SUITES = new EnumMap<>(Map.ofEntries(
            Map.entry(Contract.QUEUE, MessageQueueSuite.class),
            Map.entry(Contract.PUBSUB, PubSubSuite.class),
            Map.entry(Contract.PARTITIONED, PartitionedSuite.class),
            Map.entry(Contract.BROKER, MessageBrokerSuite.class),
            Map.entry(Contract.MULTIBROKER, MultiBrokerSuite.class),
            Map.entry(Contract.MONITOR, MonitorSuite.class),
            Map.entry(Contract.REQUESTREPLY, RequestReplySuite.class),
            Map.entry(Contract.BATCH, BatchProcessorSuite.class),
            Map.entry(Contract.POOL, ConnectionPoolSuite.class),
            Map.entry(Contract.BREAKER, CircuitBreakerSuite.class),
            Map.entry(Contract.CODEC, MessageCodecSuite.class)));

    private Suites() {}

    /** The contracts that this kit tests, in order. */
    public static Set<Contract> contracts() {
        return Collections.unmodifiableSet(SUITES.keySet());
    }

    /**
     * The suite of a contract.
     *
     * @throws IllegalArgumentException when there is none yet
     */
    public static Class<? extends RuleTests> of(Contract contract) {
        Class<? extends RuleTests> suite = SUITES.get(contract);
        if (suite == null) {
            throw new IllegalArgumentException("This kit has no tests for the contract " + contract.word());
        }
        return suite;
    }
}
