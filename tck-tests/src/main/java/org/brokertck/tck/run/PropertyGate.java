package org.brokertck.tck.run;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips properties whose rule needs a capability that the target does not declare. */
final class PropertyGate implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        if (context instanceof PropertyLifecycleContext property
                && property.testInstance() instanceof RuleTests tests) {
            return CapabilityGate.notSupported(property.optionalElement(), tests)
                    .map(SkipResult::skip)
                    .orElseGet(SkipResult::doNotSkip);
        }
        return SkipResult.doNotSkip();
    }
}
