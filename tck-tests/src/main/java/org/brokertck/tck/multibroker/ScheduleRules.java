package org.brokertck.tck.multibroker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.run.Quick;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.broker.MultiSchedule;
import org.brokertck.tck.workload.broker.MultiSchedules;

/**
 * Where every feature meets every other: brokers that fail in many ways, open circuits and probes, health that is told, rules that are
 * set, subscriptions and brokers that come late, and a close at the end, in random turns. Nothing races, so that after each step it is
 * known who must have been asked to take a message, and who must have heard it.
 */
public interface ScheduleRules extends MultiBrokerRules {
    @Quick
    @Property
    @Verifies("M-4")
    @Needs(clock = true)
    default void afterEachStepTheBrokersThatAreDueWereAsked(
            @ForAll(supplier = MultiSchedules.class) MultiSchedule schedule) {
        ScheduleDriver.judge(this, "M-4", schedule);
    }
}
