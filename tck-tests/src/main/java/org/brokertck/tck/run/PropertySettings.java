package org.brokertck.tck.run;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Sets tries and seed of every property from {@link Tries}, and adds to a failure what replays it. */
final class PropertySettings implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        RuleTests tests = (RuleTests) context.testInstance();
        int tries = Tries.count(tests.target());
        context.attributes()
                .setTries(context.findAnnotation(Costly.class).isPresent() ? Math.max(1, tries / 5) : tries);
        Tries.seed().ifPresent(context.attributes()::setSeed);
        // The same seed makes the same run, whatever failed before it: a kit has no memory between runs.
        context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
        context.attributes().setEdgeCases(EdgeCasesMode.NONE);
        // A smaller workload is worth a few seconds, but not a dozen restarts of a server.
        boolean restarts = context.findAnnotation(Needs.class)
                .filter(it -> it.faults().length > 0)
                .isPresent();
        context.attributes().setShrinking(restarts || !Tries.shrunk() ? ShrinkingMode.OFF : ShrinkingMode.FULL);
        PropertyExecutionResult result = property.execute();
        if (result.status() != PropertyExecutionResult.Status.FAILED) {
            return result;
        }
        return result.throwable()
                .map(it -> result.mapTo(result.status(), new Falsified(it, text(it, result, context))))
                .orElse(result);
    }

    private static String text(Throwable failure, PropertyExecutionResult result, PropertyLifecycleContext context) {
        String workload = result.falsifiedParameters().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        // jqwik knows an inherited property by the interface that declares it, hence both names.
        String name = context.targetMethod().getName();
        String tests = context.testInstance().getClass().getSimpleName() + "#" + name + ",*Rules#" + name;
        String seed = result.seed().orElse("unknown");
        return failure.getMessage()
                + "\n  Workload, shrunk: " + workload
                + "\n  Seed: " + seed
                + "\n  Replay: mvn test -Dtest='" + tests + "' -D" + Tries.SEED_PROPERTY + "=" + seed
                + ", or ./tck run with --seed " + seed;
    }
}
