package org.brokertck.tck.check;

import org.brokertck.tck.history.QueueHistory;

/** A pure function from what happened to a verdict. */
@FunctionalInterface
public interface Check {
    /** Judges the history; never calls a broker, never waits. */
    Verdict judge(QueueHistory history);

    /** Both checks: the first verdict that is not valid counts. */
    default Check and(Check other) {
        return history -> judge(history).and(() -> other.judge(history));
    }
}
