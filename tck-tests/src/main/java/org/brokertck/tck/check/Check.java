package org.brokertck.tck.check;

/**
 * A pure function from what happened to a verdict.
 *
 * @param <H> the kind of history that it judges
 */
@FunctionalInterface
public interface Check<H> {
    /** Judges the history; never calls a broker, never waits. */
    Verdict judge(H history);

    /** Both checks: the first verdict that is not valid counts. */
    default Check<H> and(Check<? super H> other) {
        return history -> judge(history).and(() -> other.judge(history));
    }
}
