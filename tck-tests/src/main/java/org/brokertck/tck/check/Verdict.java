package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Moment;

/** What a check says of a history. */
public sealed interface Verdict {
    /** The history keeps the rule. */
    record Valid() implements Verdict {}

    /**
     * The history breaks the rule.
     *
     * @param finding what is wrong, in a sentence
     * @param witnesses the few events that show it
     */
    record Invalid(String finding, List<Moment> witnesses) implements Verdict {}

    /**
     * The history does not tell; never counted as passed.
     *
     * @param reason what is missing
     */
    record Inconclusive(String reason) implements Verdict {}

    /** The history keeps the rule. */
    static Verdict valid() {
        return new Valid();
    }

    /** The history breaks the rule. */
    static Verdict invalid(String finding, Moment... witnesses) {
        return new Invalid(finding, List.of(witnesses));
    }

    /** The history breaks the rule. */
    static Verdict invalid(String finding, List<? extends Moment> witnesses) {
        return new Invalid(finding, List.copyOf(witnesses));
    }

    /** The history does not tell. */
    static Verdict inconclusive(String reason) {
        return new Inconclusive(reason);
    }

    /** This verdict unless it is {@link Valid}; then the other's. */
    default Verdict and(java.util.function.Supplier<Verdict> other) {
        return this instanceof Valid ? other.get() : this;
    }
}
