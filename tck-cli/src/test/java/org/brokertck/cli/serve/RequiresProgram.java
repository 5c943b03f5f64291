package org.brokertck.cli.serve;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Leaves a test class out where a program is not installed, which {@link org.brokertck.cli.LeftOutRuns} tells at the end of the build.
 * When the system property says {@code required}, the tests run all the same, and so fail with the reason.
 */
@ExtendWith(RequiresProgram.Condition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresProgram {
    /** The programs, as they are called on the path. */
    String[] value();

    /** The system property that can require them. */
    String property();

    /** What the reason of a test that was left out begins with. */
    String REASON = "Not installed: ";

    /** Looks for them. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            RequiresProgram required = AnnotationSupport.findAnnotation(
                            context.getRequiredTestClass(), RequiresProgram.class)
                    .orElseThrow();
            List<String> missing = Arrays.stream(required.value())
                    .filter(it -> !isInstalled(it))
                    .toList();
            if (missing.isEmpty() || "required".equals(System.getProperty(required.property()))) {
                return ConditionEvaluationResult.enabled("Installed, or must be");
            }
            return ConditionEvaluationResult.disabled(REASON + String.join(", ", missing) + "; with -D"
                    + required.property() + "=required this fails the build");
        }

        private static boolean isInstalled(String program) {
            return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
        }
    }
}
