package org.brokertck.tck.spec;

import java.util.Map;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.partitioned.PartitionedBrokerTck;
import org.brokertck.tck.partitioned.PartitionedRules;

/** The rule tests of the partitioned broker. */
class PartitionedRuleTestsTest extends RuleTestsGuard {
    PartitionedRuleTestsTest() {
        super(Contract.PARTITIONED, PartitionedRules.class, PartitionedBrokerTck.class);
    }

    @Override
    Map<String, String> withoutProperty() {
        return Map.of(
                "L-20", "its workload is the seed's benchmark, and a measurement is not shrunk",
                "L-21", "its workload is a million records, once");
    }
}
