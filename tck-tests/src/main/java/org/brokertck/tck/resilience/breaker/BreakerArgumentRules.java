package org.brokertck.tck.resilience.breaker;

import java.util.Locale;
import java.util.concurrent.Callable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** A call without an action is refused at once and counts for nothing. */
public interface BreakerArgumentRules extends BreakerRules {
    @Test
    @Verifies("G-1")
    default void aCallWithoutAnActionIsRefusedByName() {
        requireNullRefused(2);
    }

    @Property
    @Verifies("G-1")
    default void callsWithoutAnActionChangeNothing(@ForAll @IntRange(min = 0, max = 2) int failures) {
        requireNullRefused(failures);
    }

    private void requireNullRefused(int failures) {
        BreakerUnderTest breaker = BreakerUnderTest.open(this, "G-1", config().build());
        breaker.calls(failures, CallEnding.FAILS);
        for (int i = 0; i < 3; i++) {
            RuntimeException refusal =
                    breaker.refusedCall(RuntimeException.class, "a call without an action", () -> callNull(breaker));
            breaker.require(
                    refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                    "a call without an action threw %s where NullPointerException is due".formatted(refusal));
            breaker.require(
                    String.valueOf(refusal.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .contains("action"),
                    "the refusal does not name the argument 'action': " + refusal);
        }
        breaker.requireMetrics(new BreakerMetrics(BreakerState.CLOSED, failures, 0, failures, 0, 0));
    }

    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    private static void callNull(BreakerUnderTest breaker) {
        try {
            breaker.unrecorded().call((Callable<Object>) null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A checked exception out of no action", e);
        }
    }
}
