package org.brokertck.tck.queue;

import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.Verdict.Inconclusive;
import org.brokertck.tck.check.Verdict.Invalid;
import org.brokertck.tck.history.QueueHistory;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.spec.Rule;

/** Turns verdicts into the outcome of a test. */
final class Judge {
    private Judge() {}

    /** Fails the test unless the verdict is valid. */
    static void require(Rule rule, Verdict verdict) {
        if (verdict instanceof Invalid invalid) {
            throw new RuleViolation(rule, invalid.finding(), invalid.witnesses());
        }
        if (verdict instanceof Inconclusive inconclusive) {
            throw new org.brokertck.tck.run.Inconclusive(rule, inconclusive.reason());
        }
    }

    /** As {@link #require}; a valid verdict on a history that never settled tells nothing either. */
    static void requireSettled(Rule rule, Verdict verdict, QueueHistory history) {
        require(rule, verdict);
        if (!history.settled()) {
            throw new org.brokertck.tck.run.Inconclusive(
                    rule, "not every message was settled in time, which is the subject of Q-1");
        }
    }
}
