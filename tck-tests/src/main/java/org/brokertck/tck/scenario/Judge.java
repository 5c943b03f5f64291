package org.brokertck.tck.scenario;

import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.Verdict.Inconclusive;
import org.brokertck.tck.check.Verdict.Invalid;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.spec.Rule;

/** Turns verdicts into the outcome of a test. */
public final class Judge {
    private Judge() {}

    /** Fails the test unless the verdict is valid. */
    public static void require(Rule rule, Verdict verdict) {
        if (verdict instanceof Invalid invalid) {
            throw new RuleViolation(rule, invalid.finding(), invalid.witnesses());
        }
        if (verdict instanceof Inconclusive inconclusive) {
            throw new org.brokertck.tck.run.Inconclusive(rule, inconclusive.reason());
        }
    }
}
