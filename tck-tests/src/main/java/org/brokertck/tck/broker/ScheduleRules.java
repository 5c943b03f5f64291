package org.brokertck.tck.broker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.run.Quick;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.broker.BrokerSchedule;
import org.brokertck.tck.workload.broker.BrokerSchedules;

/**
 * Where every feature meets every other: produces that wait, handlers that fail, interrupts, subscribers that come and go, and a close
 * at the end, in random turns. Nothing races, so that after each step it is known what must have come, and what must not.
 */
public interface ScheduleRules extends BrokerRules {
    @Quick
    @Property
    @Verifies("B-1")
    default void afterEachStepEverySubscriberHasWhatIsDue(
            @ForAll(supplier = BrokerSchedules.Roomy.class) BrokerSchedule schedule) {
        ScheduleDriver.judge(this, "B-1", schedule);
    }

    @Quick
    @Property
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void afterEachStepProducersWaitForThoseWithoutRoomAlone(
            @ForAll(supplier = BrokerSchedules.Tight.class) BrokerSchedule schedule) {
        ScheduleDriver.judge(this, "B-1", schedule);
    }
}
