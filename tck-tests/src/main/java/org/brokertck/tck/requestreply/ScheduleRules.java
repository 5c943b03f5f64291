package org.brokertck.tck.requestreply;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.run.Quick;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.requestreply.RequestSchedules;
import org.brokertck.tck.workload.requestreply.RequestStep;

/**
 * Where every feature meets every other: requesters that wait, cancel and are interrupted, timeouts, responders that come, fail and go,
 * and a close at the end, in random turns. Nothing races, so that after each step it is known how each request stands.
 */
public interface ScheduleRules extends RequestReplyRules {
    @Quick
    @Property
    @Verifies("Y-1")
    @Needs(clock = true)
    default void afterEachStepEveryRequestStandsAsItShould(
            @ForAll(supplier = RequestSchedules.class) List<RequestStep> schedule) {
        ScheduleDriver.judge(this, "Y-1", schedule);
    }
}
