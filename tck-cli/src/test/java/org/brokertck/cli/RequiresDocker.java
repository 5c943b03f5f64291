package org.brokertck.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.brokertck.containers.DockerEngine;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves a test class out where there is no container engine, which {@link LeftOutRuns} tells at the end of the build.
 * With {@code -Dtck.containers=required} the tests run all the same, and so fail with the reason.
 */
@ExtendWith(RequiresDocker.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresDocker {
    /** Asks the engine. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerEngine.isAvailable() || "required".equals(System.getProperty("tck.containers"))) {
                return ConditionEvaluationResult.enabled("Containers can be started, or must be");
            }
            return ConditionEvaluationResult.disabled(
                    LeftOutRuns.NO_ENGINE + DockerEngine.unavailableBecause().orElse(""));
        }
    }
}
