package org.brokertck.tck.run;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;

/** Decides whether a rule test runs against a target; one decision for both engines. */
final class Gate {
    /** The beginning of the reason with which rules of undeclared capabilities are skipped. */
    static final String NOT_SUPPORTED = "Not supported: ";

    private Gate() {}

    /** Why the test is skipped; empty when it is not. */
    static Optional<String> closed(AnnotatedElement test, RuleTests tests) {
        ConformanceTarget target = tests.target();
        if (!target.contracts().contains(tests.contract())) {
            return Optional.of(
                    NOT_SUPPORTED + "the target provides no " + tests.contract().title());
        }
        Verifies verifies = test.getAnnotation(Verifies.class);
        Needs needs = test.getAnnotation(Needs.class);
        Optional<String> unsupported = verifies == null ? Optional.empty() : unsupported(verifies, target);
        return unsupported.or(() -> needs == null ? Optional.empty() : missing(needs, target));
    }

    private static Optional<String> unsupported(Verifies verifies, ConformanceTarget target) {
        Rule rule = SpecCatalogue.shipped().rule(verifies.value());
        return rule.binds(target.capabilities())
                ? Optional.empty()
                : Optional.of(NOT_SUPPORTED + "the target does not declare the capability '" + rule.capability() + "'");
    }

    private static Optional<String> missing(Needs needs, ConformanceTarget target) {
        if (needs.clock() && target.virtualTime().isEmpty()) {
            return Optional.of("Not run: the target offers no manual clock; other tests watch the wall clock");
        }
        if (needs.inMemory() && target.capabilities().contains(Capability.REMOTE)) {
            return Optional.of("Not run: measured in memory only, since behind a server the network would be measured");
        }
        Optional<String> capability = Arrays.stream(needs.capabilities())
                .filter(it -> !target.capabilities().contains(it))
                .map(it -> "Not run: the target does not declare the capability '" + it.word() + "'")
                .findFirst();
        return capability.or(() -> missingFault(needs, target));
    }

    private static Optional<String> missingFault(Needs needs, ConformanceTarget target) {
        Set<Fault> offered = target.control().map(BrokerControl::faults).orElse(Set.of());
        return Arrays.stream(needs.faults())
                .filter(it -> !offered.contains(it))
                .map(it -> "Not run: nobody can inject the fault " + it + " here; with --containers the kit can")
                .findFirst();
    }
}
