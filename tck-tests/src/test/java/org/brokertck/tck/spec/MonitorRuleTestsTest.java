package org.brokertck.tck.spec;

import org.brokertck.api.target.Contract;
import org.brokertck.tck.monitoring.MonitorRules;
import org.brokertck.tck.monitoring.QueueMonitorTck;

/** The rule tests of the queue monitor. */
class MonitorRuleTestsTest extends RuleTestsGuard {
    MonitorRuleTestsTest() {
        super(Contract.MONITOR, MonitorRules.class, QueueMonitorTck.class);
    }
}
