package org.brokertck.tck.run;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.workload.Shrinking;

/** Sets tries and seed of every property from {@link Tries}, and adds to a failure what replays it. */
final class PropertySettings implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        RuleTests tests = (RuleTests) context.testInstance();
        boolean remote = tests.target().capabilities().contains(Capability.REMOTE);
        context.attributes().setTries(tries(context, Tries.count(tests.target()), remote));
        Tries.seed().ifPresent(context.attributes()::setSeed);
        // The same seed makes the same run, whatever failed before it: a kit has no memory between runs.
        context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
        context.attributes().setEdgeCases(EdgeCasesMode.NONE);
        // A smaller workload is worth a few seconds in memory, but neither minutes of round trips nor many restarts
        // of a server.
        boolean costly = context.findAnnotation(Needs.class)
                        .filter(it -> it.faults().length > 0)
                        .isPresent()
                || remote;
        context.attributes().setShrinking(costly || !Tries.shrunk() ? ShrinkingMode.OFF : ShrinkingMode.FULL);
        Shrinking.begin();
        PropertyExecutionResult result = property.execute();
        if (result.status() != PropertyExecutionResult.Status.FAILED) {
            return result;
        }
        return result.throwable()
                .map(it -> result.mapTo(result.status(), new Falsified(it, text(it, result, context))))
                .orElse(result);
    }

    private static int tries(PropertyLifecycleContext context, int usual, boolean remote) {
        if (context.findAnnotation(Costly.class).isPresent()) {
            return Math.max(1, usual / 3);
        }
        return context.findAnnotation(Quick.class).isPresent() && !remote ? usual * 5 : usual;
    }

    /** Each value with the name of its parameter, unless the only one speaks for itself. */
    private static String named(Method property, List<Object> values) {
        Parameter[] parameters = property.getParameters();
        if (values.size() == 1 && values.get(0).toString().length() > 20) {
            return values.get(0).toString();
        }
        return IntStream.range(0, values.size())
                .mapToObj(i -> parameters[i].getName() + " = " + values.get(i))
                .collect(Collectors.joining(", "));
    }

    private static String text(Throwable failure, PropertyExecutionResult result, PropertyLifecycleContext context) {
        String workload = result.falsifiedParameters()
                .map(it -> named(context.targetMethod(), it))
                .orElse("unknown");
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
