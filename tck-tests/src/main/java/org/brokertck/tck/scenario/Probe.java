package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.time.Bounded;

/**
 * Puts calls to an instance on behalf of one rule: each must return in time, and what is wrong fails the test with the rule's own
 * sentence.
 *
 * @param rule the rule under test
 */
public record Probe(Rule rule) {
    /** Makes a call that must return in time and throw nothing; what else it does breaks the rule. */
    public <T> T call(String what, Duration limit, Supplier<T> call) {
        return guarded(what, () -> Bounded.call(limit, what, call::get));
    }

    /** As {@link #call}, for a call that is bounded already. */
    public <T> T guarded(String what, Supplier<T> bounded) {
        try {
            return bounded.get();
        } catch (RuleViolation | Inconclusive known) {
            throw known;
        } catch (Bounded.StuckException stuck) {
            throw violation(stuck.finding());
        } catch (RuntimeException | Error unexpected) {
            RuleViolation violation = violation(what + " threw " + unexpected);
            violation.initCause(unexpected);
            throw violation;
        }
    }

    /** As {@link #call}, for a call without a result. */
    public void run(String what, Duration limit, Runnable call) {
        call(what, limit, () -> {
            call.run();
            return true;
        });
    }

    /** Makes a call that must throw this in time; anything else breaks the rule. */
    public <X extends RuntimeException> X refused(Class<X> expected, String what, Duration limit, Runnable call) {
        try {
            Bounded.run(limit, what, call);
        } catch (RuleViolation | Inconclusive known) {
            throw known;
        } catch (Bounded.StuckException stuck) {
            throw violation(stuck.finding());
        } catch (RuntimeException | Error thrown) {
            if (expected.isInstance(thrown)) {
                return expected.cast(thrown);
            }
            throw violation("%s threw %s where %s is due".formatted(what, thrown, expected.getSimpleName()));
        }
        throw violation("%s was accepted where %s is due".formatted(what, expected.getSimpleName()));
    }

    /** Fails the test unless this holds. */
    public void require(boolean holds, String finding, Moment... witnesses) {
        if (!holds) {
            throw violation(finding, witnesses);
        }
    }

    /** The finding that fails the test. */
    public RuleViolation violation(String finding, Moment... witnesses) {
        return new RuleViolation(rule, finding, List.of(witnesses));
    }
}
