package org.brokertck.tck.scenario;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;

/**
 * Whether calls that are to wait have not returned. A busy machine may let them begin late: what follows is to find them where they
 * wait, so that is seen to first, for a while.
 */
public final class StillWaiting {
    private StillWaiting() {}

    /** For one call. */
    public static BooleanSupplier in(Running<?> call) {
        return in(List.of(call));
    }

    /** For several calls, each of which is to wait. */
    public static BooleanSupplier in(List<? extends Running<?>> calls) {
        calls.forEach(call -> Polling.until(TckTimeouts.current().tolerance(), call::isAtRest, it -> it));
        return () -> calls.stream().noneMatch(Running::isDone);
    }
}
