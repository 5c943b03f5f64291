package org.brokertck.tck.resilience.breaker;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.resilience.CallEnding;
import org.junit.jupiter.api.Test;

/** Breakers with different names share nothing. */
public interface BreakerIsolationRules extends BreakerRules {
    @Test
    @Verifies("G-11")
    default void breakersWhoseNamesContainEachOtherShareNothing() {
        shareNothing(List.of(3, 1, 0, 2, 3));
    }

    @Property
    @Verifies("G-11")
    default void breakersWithDifferentNamesShareNothing(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 0, max = 3) Integer> failures) {
        shareNothing(failures);
    }

    /** Names that contain each other, or differ in case; each breaker has its own number of failures. */
    private void shareNothing(List<Integer> failures) {
        String base = Names.fresh("G-11");
        List<String> suffixes = List.of("", "-a", "-A", ".a", "-a-a", "-a.a");
        List<BreakerUnderTest> breakers = new java.util.ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            breakers.add(BreakerUnderTest.open(this, target(), "G-11", base + suffixes.get(i), config().build()));
        }
        for (int i = 0; i < failures.size(); i++) {
            BreakerUnderTest breaker = breakers.get(i);
            breaker.require(
                    breaker.unrecorded().name().equals(base + suffixes.get(i)),
                    "a breaker opened as '%s' is called '%s'"
                            .formatted(
                                    base + suffixes.get(i), breaker.unrecorded().name()));
            breaker.calls(failures.get(i), CallEnding.FAILS);
        }
        for (int i = 0; i < failures.size(); i++) {
            int failed = failures.get(i);
            breakers.get(i)
                    .requireMetrics(
                            failed == 3
                                    ? new BreakerMetrics(BreakerState.OPEN, 0, 0, 3, 0, 1)
                                    : new BreakerMetrics(BreakerState.CLOSED, failed, 0, failed, 0, 0));
        }
    }
}
