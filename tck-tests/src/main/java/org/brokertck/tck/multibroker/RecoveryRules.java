package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.multibroker.Health;
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

    /** It is not given up: whoever did not answer one look is asked again when that is over. */
    @Test
    @Verifies("M-6")
    default void trafficReturnsToABrokerWhoseLooksHung() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-6", HangingRules::impatient)) {
            List<ScriptedBroker> brokers = multi.add("primary", "backup");
            ScriptedBroker primary = brokers.get(0);
            multi.route("order.#", "primary,backup");
            Duration longest =
                    multi.config().healthInterval().plus(multi.config().healthTimeout());
            for (int intervals : List.of(1, 3)) {
                primary.health.hangs();
                if (!multi.pace()
                        .comesWithinSteps(
                                longest.multipliedBy(intervals + 1),
                                () -> multi.health(primary).status() == Health.UNHEALTHY)) {
                    throw multi.inconclusive("a broker whose looks hang is told as " + multi.health(primary)
                            + ", which is the subject of M-12");
                }
                for (int i = 1; i < intervals; i++) {
                    multi.pass(longest);
                }
                primary.health.works();
                AtomicInteger count = new AtomicInteger();
                String round = "after-" + intervals + "-";
                multi.require(
                        multi.comesWithALook(() -> isTakenBy(multi, primary, round + count.incrementAndGet())),
                        "%s after the looks at the first broker had been answered again, which hung for %d intervals, it still took no message"
                                .formatted(multi.config().healthInterval(), intervals));
            }
        }
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
