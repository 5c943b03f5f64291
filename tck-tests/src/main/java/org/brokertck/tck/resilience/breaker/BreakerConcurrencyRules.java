package org.brokertck.tck.resilience.breaker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface BreakerConcurrencyRules extends BreakerRules {
    /** What one caller saw of its own calls. */
    record Tally(int succeeded, int failed, int refused) {
        private Tally and(Tally other) {
            return new Tally(succeeded + other.succeeded, failed + other.failed, refused + other.refused);
        }
    }

    @Test
    @Verifies("G-4")
    default void manyCallersAreCountedEachOnce() {
        callAtOnce(6, 20_000, 5);
    }

    @Property
    @Verifies("G-4")
    default void anyNumberOfCallersIsCounted(
            @ForAll @IntRange(min = 2, max = 6) int callers, @ForAll @IntRange(min = 2, max = 9) int every) {
        callAtOnce(callers, 1000, every);
    }

    /**
     * One call in so many fails, and the breaker opens now and then for a moment.
     *
     * @param calls of each caller at most; fewer where they take long
     */
    private void callAtOnce(int callers, int calls, int every) {
        BreakerUnderTest breaker = BreakerUnderTest.open(
                this,
                "G-4",
                config().failureThreshold(2)
                        .openDuration(java.time.Duration.ofMillis(1))
                        .build());
        List<Running<Tally>> running = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            running.add(Bounded.start("caller", () -> callInTurn(breaker.unrecorded(), calls, every)));
        }
        Tally all = new Tally(0, 0, 0);
        for (Running<Tally> caller : running) {
            all = all.and(breaker.query(
                    "a call among many", () -> caller.await(timeouts().await())));
        }
        BreakerMetrics metrics = breaker.metrics();
        breaker.require(
                metrics.succeeded() == all.succeeded()
                        && metrics.failed() == all.failed()
                        && metrics.refused() == all.refused(),
                "%d callers at once saw %s of their own calls, and the metrics are %s"
                        .formatted(callers, all, metrics));
    }

    private Tally callInTurn(CircuitBreaker breaker, int calls, int every) {
        long start = System.nanoTime();
        long enough = timeouts().await().dividedBy(8).toNanos();
        Tally tally = new Tally(0, 0, 0);
        for (int i = 0; i < calls && System.nanoTime() - start < enough; i++) {
            tally = tally.and(callOnce(breaker, i % every == 0));
            if (i % 64 == 0) {
                breaker.state();
                breaker.metrics();
            }
        }
        return tally;
    }

    private static Tally callOnce(CircuitBreaker breaker, boolean failing) {
        try {
            breaker.call(() -> {
                if (failing) {
                    throw new IOException("failed, as planned");
                }
                return true;
            });
            return new Tally(1, 0, 0);
        } catch (CircuitOpenException e) {
            return new Tally(0, 0, 1);
        } catch (Exception e) {
            return new Tally(0, 1, 0);
        }
    }
}
