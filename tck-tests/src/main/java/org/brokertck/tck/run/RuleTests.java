package org.brokertck.tck.run;

import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every interface of rule tests extends: it brings the target, and the gate that skips what does not bind
 * or cannot be tested. A rule test is a Jupiter {@code @Test}, which is a scenario, or a jqwik {@code @Property}, which runs
 * random workloads; both cite their rule with {@link org.brokertck.tck.spec.Verifies}.
 */
@ExtendWith(ScenarioGate.class)
@AddLifecycleHook(value = PropertyGate.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
@AddLifecycleHook(value = PropertySettings.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
@AddLifecycleHook(value = ShrinkingBudget.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
public interface RuleTests {
    /** The implementation under test. */
    ConformanceTarget target();

    /** The contract whose rules these are. */
    Contract contract();
}
