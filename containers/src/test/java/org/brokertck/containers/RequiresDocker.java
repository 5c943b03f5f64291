package org.brokertck.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips, and says so, where there is no container engine. With {@code -Dtck.containers=required} the tests run all the
 * same, and so fail with the reason.
 */
@Tag("containers")
@ExtendWith(RequiresDocker.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresDocker {
    /** Asks the engine. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerEngine.isAvailable() || "required".equals(System.getProperty("tck.containers"))) {
                return ConditionEvaluationResult.enabled("containers can be started, or must");
            }
            String reason = DockerEngine.unavailableBecause().orElse("");
            System.err.printf("SKIPPED %s: %s%n", context.getDisplayName(), reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
