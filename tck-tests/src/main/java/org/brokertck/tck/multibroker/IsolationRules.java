package org.brokertck.tck.multibroker;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Two multi-brokers share nothing, not even where their brokers have the same names. */
public interface IsolationRules extends MultiBrokerRules {
    @Test
    @Verifies("G-11")
    default void twoMultiBrokersShareNothing() {
        shareNothing(2, 3);
    }

    @Property
    @Verifies("G-11")
    default void anyTwoMultiBrokersShareNothing(
            @ForAll @IntRange(min = 1, max = 3) int ofOne, @ForAll @IntRange(min = 1, max = 3) int ofOther) {
        shareNothing(ofOne, ofOther);
    }

    private void shareNothing(int ofOne, int ofOther) {
        try (MultiUnderTest one = MultiUnderTest.open(this, "G-11");
                MultiUnderTest other = MultiUnderTest.open(this, "G-11")) {
            List<String> names = List.of("a", "b", "c");
            names.subList(0, ofOne).forEach(one::add);
            names.subList(0, ofOther).forEach(other::add);
            one.route("order.#", "a");
            one.subscribe("order.created");
            other.subscribe("order.created");
            one.produce("order.created", "of-one");
            other.produce("order.created", "of-other");
            other.require(
                    other.unrecorded().routingRules().isEmpty(),
                    "a rule that was set on one multi-broker is known to another: "
                            + other.unrecorded().routingRules());
            other.require(
                    other.health().size() == ofOther,
                    "%d brokers were added to a multi-broker, which tells of %s"
                            .formatted(ofOther, other.health().keySet()));
            List.of(one, other).forEach(it -> it.judgeSettled(new NothingLost().and(new NothingInvented())));
            one.closeNow();
            other.produce("order.created", "after");
            other.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }
}
