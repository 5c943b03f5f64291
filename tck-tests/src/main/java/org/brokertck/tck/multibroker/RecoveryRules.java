package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Traffic returns to the primary once it has recovered. */
public interface RecoveryRules extends MultiBrokerRules {
    @Test
    @Verifies("M-6")
    default void trafficReturnsToThePrimaryWithinTheHealthInterval() {
        failAndRecover(3, 2, 1);
    }

    /** Also when nothing was produced while it was away, so that no circuit has opened. */
    @Test
    @Verifies("M-6")
    default void trafficReturnsAfterAQuietOutage() {
        failAndRecover(0, 2, 2);
    }

    @Property
    @Verifies("M-6")
    default void trafficReturnsAfterAnyOutage(
            @ForAll @IntRange(max = 12) int messages,
            @ForAll @IntRange(max = 9) int units,
            @ForAll @IntRange(min = 1, max = 3) int outages) {
        failAndRecover(messages, units, outages);
    }

    /**
     * @param messages how many are produced while it is away
     * @param units how long it is away, in units of which four are a health interval
     */
    private void failAndRecover(int messages, int units, int outages) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-6")) {
            List<ScriptedBroker> brokers = multi.add("primary", "backup");
            multi.route("order.#", "primary,backup");
            for (int outage = 0; outage < outages; outage++) {
                String round = "outage-" + outage;
                multi.produce("order.created", round + "-before");
                multi.requireTaker(round + "-before", brokers.get(0), "it is the first, and works");
                brokers.get(0).down();
                for (int i = 0; i < units || i < messages; i++) {
                    if (i < messages) {
                        multi.produce("order.created", round + "-" + i);
                        multi.requireTaker(round + "-" + i, brokers.get(1), "the first is down");
                    }
                    if (i < units) {
                        multi.pass(multi.pace().unit());
                    }
                }
                // Not in the very moment of a look, which may have begun before it and asked after it.
                multi.pass(multi.pace().unit().dividedBy(8));
                brokers.get(0).up();
                AtomicInteger count = new AtomicInteger();
                boolean returned = multi.pace()
                        .comesWithin(
                                multi.config().healthInterval(),
                                () -> isTakenBy(multi, brokers.get(0), round + "-back-" + count.incrementAndGet()));
                multi.require(
                        returned,
                        "%s after the first broker had recovered, after %d units of a quarter of that and %d messages, it still took no message"
                                .formatted(multi.config().healthInterval(), units, messages));
            }
        }
    }

    private static boolean isTakenBy(MultiUnderTest multi, ScriptedBroker broker, String id) {
        multi.produce("order.created", id);
        return broker.taken().contains(id);
    }
}
