package org.brokertck.tck.resilience.pool;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.PoolWorkload;
import org.brokertck.tck.workload.resilience.PoolWorkloads;

/** Over any schedule of borrowers, a pool serves whom the rule says, step by step. */
public interface PoolScheduleRules extends PoolRules {
    @Property
    @Verifies("K-2")
    default void thePoolServesWhomTheRuleSays(@ForAll(supplier = PoolWorkloads.Any.class) PoolWorkload workload) {
        try (PoolUnderTest pool = PoolUnderTest.open(
                this, "K-2", config().maxSize(workload.maximum()).build())) {
            new PoolSchedule(pool).run(workload.steps());
            pool.connections().clearFailures();
            pool.requireNoLeak();
            pool.closeNow();
        }
    }
}
