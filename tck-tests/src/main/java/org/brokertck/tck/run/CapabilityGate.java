package org.brokertck.tck.run;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips scenarios whose rule needs a capability that the target does not declare. */
final class CapabilityGate implements ExecutionCondition {
    /** The beginning of the reason with which such rules are skipped. */
    static final String NOT_SUPPORTED = "Not supported: ";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Object> test = context.getTestInstance();
        return test.filter(RuleTests.class::isInstance)
                .flatMap(it -> notSupported(context.getElement(), (RuleTests) it))
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("The rule binds the target"));
    }

    /** Why the test is skipped; empty when it is not. */
    static Optional<String> notSupported(Optional<? extends AnnotatedElement> method, RuleTests tests) {
        return method.flatMap(it -> AnnotationSupport.findAnnotation(it, Verifies.class))
                .map(it -> SpecCatalogue.shipped().rule(it.value()))
                .filter(it -> !it.binds(tests.target().capabilities()))
                .map(CapabilityGate::reason);
    }

    private static String reason(Rule rule) {
        return NOT_SUPPORTED + "the target does not declare the capability '" + rule.capability() + "'";
    }
}
