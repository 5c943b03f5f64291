package org.brokertck.tck.resilience.breaker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.BreakerWorkload;
import org.brokertck.tck.workload.resilience.BreakerWorkloads;

/** Over any schedule of calls that overlap, a breaker does what the model says, step by step. */
public interface BreakerScheduleRules extends BreakerRules {
    @Property
    @Verifies("K-3")
    @Needs(clock = true)
    default void theBreakerDoesWhatTheModelSaysInTime(
            @ForAll(supplier = BreakerWorkloads.InTime.class) BreakerWorkload workload) {
        VirtualTime time = target().virtualTime().orElseThrow();
        CircuitBreakerConfig config = workload.onTopOf(config())
                .openDuration(BreakerWorkloads.OPEN)
                .slowCall(BreakerWorkloads.SLOW)
                .build();
        BreakerUnderTest breaker = BreakerUnderTest.open(this, time.target(), "K-3", Names.fresh("K-3"), config);
        new BreakerSchedule(breaker, duration -> time.clock().advance(duration)).run(workload.steps());
    }

    @Property
    @Verifies("K-3")
    default void theBreakerDoesWhatTheModelSaysAtOnce(
            @ForAll(supplier = BreakerWorkloads.AtOnce.class) BreakerWorkload workload) {
        BreakerUnderTest breaker =
                BreakerUnderTest.open(this, "K-3", workload.onTopOf(config()).build());
        new BreakerSchedule(breaker, duration -> {}).run(workload.steps());
    }
}
