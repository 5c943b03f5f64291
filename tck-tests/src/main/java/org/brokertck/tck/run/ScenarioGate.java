package org.brokertck.tck.run;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link Gate} of scenarios. */
final class ScenarioGate implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<RuleTests> tests =
                context.getTestInstance().filter(RuleTests.class::isInstance).map(RuleTests.class::cast);
        return tests.flatMap(it -> Gate.closed(context.getRequiredTestMethod(), it))
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("The rule binds the target"));
    }
}
