package org.brokertck.tck.queue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.run.Quick;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.QueueSchedule;
import org.brokertck.tck.workload.QueueSchedules;

/**
 * Where every feature meets every other: produces that wait, failures, retries, redrives, purges, interrupts, consumers that come and
 * go, and a close at the end, in random turns. Nothing races, so that a model says exactly what the queue must have come to after
 * each step.
 */
public interface ScheduleRules extends QueueRules {
    @Quick
    @Property
    @Verifies("Q-18")
    default void afterEachStepTheMetricsAreThoseOfTheModel(
            @ForAll(supplier = QueueSchedules.Roomy.class) QueueSchedule schedule) {
        ScheduleDriver.judge(this, "Q-18", schedule);
    }

    @Quick
    @Property
    @Verifies("Q-21")
    default void afterEachStepThereIsRoomAsTheModelSays(
            @ForAll(supplier = QueueSchedules.Tight.class) QueueSchedule schedule) {
        ScheduleDriver.judge(this, "Q-21", schedule);
    }
}
