package org.brokertck.tck.suite;

import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.spec.Contract;

/** Which class gathers the rule tests of which contract. */
public final class Suites {
    private Suites() {}

    /** The suite of a contract. */
    public static Class<? extends RuleTests> of(Contract contract) {
        return switch (contract) {
            case QUEUE -> MessageQueueSuite.class;
        };
    }
}
