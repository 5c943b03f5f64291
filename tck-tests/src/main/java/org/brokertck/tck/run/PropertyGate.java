package org.brokertck.tck.run;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** The {@link Gate} of properties. */
final class PropertyGate implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        if (context instanceof PropertyLifecycleContext property
                && property.testInstance() instanceof RuleTests tests) {
            return Gate.closed(property.targetMethod(), tests)
                    .map(SkipResult::skip)
                    .orElseGet(SkipResult::doNotSkip);
        }
        return SkipResult.doNotSkip();
    }
}
