package org.brokertck.tck.spec;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.target.Contract;

/** Which rules bind which contract: the one place that says so. */
final class Bindings {
    /** Families by their letter, single rules by their id. */
    private static final Map<Contract, Set<String>> RULES = new EnumMap<>(Map.ofEntries(
            Map.entry(Contract.QUEUE, Set.of("G", "Q")),
            Map.entry(Contract.PUBSUB, Set.of("G", "P")),
            Map.entry(Contract.PARTITIONED, Set.of("G", "L")),
            Map.entry(Contract.BROKER, Set.of("G", "B")),
            // What a multi-broker's messages are like, and how they come from a server, is its brokers' affair.
            Map.entry(Contract.MULTIBROKER, Set.of("G-1", "G-2", "G-3", "G-4", "G-9", "G-10", "G-11", "G-12", "M")),
            Map.entry(Contract.MONITOR, Set.of("O", "G-1", "G-2", "G-3", "G-4", "G-8", "G-9", "G-10", "G-11")),
            Map.entry(Contract.REQUESTREPLY, Set.of("G", "Y")),
            // The building blocks carry no messages and have no server; docs/DESIGN.md says why each rule binds which.
            Map.entry(Contract.BATCH, Set.of("K-1", "G-1", "G-2", "G-3", "G-4", "G-8", "G-9", "G-10", "G-11", "G-12")),
            Map.entry(Contract.POOL, Set.of("K-2", "G-1", "G-2", "G-3", "G-4", "G-9", "G-10", "G-11")),
            Map.entry(Contract.BREAKER, Set.of("K-3", "G-1", "G-4", "G-11")),
            Map.entry(Contract.CODEC, Set.of("K-4", "G-1", "G-4", "G-5", "G-6", "G-7", "G-8"))));

    private Bindings() {}

    /** Whether the rule binds implementations of the contract; none binds one that the kit does not test yet. */
    static boolean bind(Rule rule, Contract contract) {
        Set<String> rules = RULES.getOrDefault(contract, Set.of());
        return rules.contains(rule.family()) || rules.contains(rule.id());
    }
}
