package org.brokertck.tck.run;

import org.brokertck.tck.spec.Rule;

/** A test could not tell whether its rule is kept. Fails like an assertion, since it must never count as passed. */
public final class Inconclusive extends AssertionError {
    private static final long serialVersionUID = 1L;

    /**
     * @param rule the rule in question
     * @param reason what kept the test from telling
     */
    public Inconclusive(Rule rule, String reason) {
        super(rule.id() + " is inconclusive: " + reason);
    }
}
