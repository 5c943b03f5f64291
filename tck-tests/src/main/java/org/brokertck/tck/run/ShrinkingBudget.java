package org.brokertck.tck.run;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends shrinking some seconds after the first failure, by letting all further workloads pass unseen. jqwik's own bound would
 * leave the last workload running in the background, where it disturbs the tests that follow.
 */
final class ShrinkingBudget implements AroundTryHook {
    private static final long BUDGET_NANOS = Duration.ofSeconds(3).toNanos();

    /** When a property first failed; 0 while it has not. */
    private static final class FirstFailure {
        private volatile long nanos;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor tried, List<Object> parameters) {
        FirstFailure first = Store.getOrCreate(ShrinkingBudget.class, Lifespan.PROPERTY, FirstFailure::new)
                .get();
        if (first.nanos != 0 && System.nanoTime() - first.nanos > BUDGET_NANOS) {
            return TryExecutionResult.satisfied();
        }
        TryExecutionResult result = tried.execute(parameters);
        if (result.isFalsified() && first.nanos == 0) {
            first.nanos = System.nanoTime();
        }
        return result;
    }
}
