package org.brokertck.tck.monitoring;

import java.time.Duration;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the monitor share: how they open one, and how long they wait. */
public interface MonitorRules extends RuleTests {
    /** How often alerts are evaluated where time is virtual, and where it is not. */
    Duration INTERVAL = Duration.ofSeconds(1);

    /** The least that is told apart: a clock of milliseconds is no fault. */
    Duration GRANULARITY = Duration.ofMillis(1);

    @Override
    default Contract contract() {
        return Contract.MONITOR;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** A window of 100 s, evaluation each second, and more room than any test uses unless it means to. */
    default MonitorConfig.Builder config() {
        return MonitorConfig.builder()
                .window(Duration.ofSeconds(100))
                .evaluationInterval(INTERVAL)
                .historyCapacity(10_000)
                .maxQueues(10_000)
                .callbackTimeout(timeouts().await().multipliedBy(3));
    }

    /** Evaluates as often as a wall clock is worth waiting for. */
    default MonitorConfig.Builder hasty() {
        return config().evaluationInterval(Duration.ofMillis(20));
    }
}
