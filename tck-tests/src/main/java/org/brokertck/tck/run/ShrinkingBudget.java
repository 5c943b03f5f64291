package org.brokertck.tck.run;

import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.brokertck.tck.workload.Shrinking;

/** Lets workloads pass unseen once the time for {@link Shrinking} is up. */
final class ShrinkingBudget implements AroundTryHook {
    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor tried, List<Object> parameters) {
        if (Shrinking.isOver()) {
            return TryExecutionResult.satisfied();
        }
        TryExecutionResult result = tried.execute(parameters);
        if (result.isFalsified()) {
            Shrinking.failed();
        }
        return result;
    }
}
