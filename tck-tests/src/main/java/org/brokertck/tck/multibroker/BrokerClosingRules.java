package org.brokertck.tck.multibroker;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing closes every broker, whatever others do. */
public interface BrokerClosingRules extends MultiBrokerRules {
    /** How a broker takes its own close. */
    enum OnClose {
        /** It closes. */
        CLOSES,
        /** It throws an exception of the contract. */
        THROWS,
        /** It throws something else. */
        THROWS_ELSE,
        /** It throws an Error. */
        THROWS_ERROR,
        /** It hangs. */
        HANGS;

        private void script(ScriptedBroker broker) {
            switch (this) {
                case CLOSES -> broker.closing.works();
                case THROWS -> broker.closing.fails(new BrokerUnavailableException("cannot close"));
                case THROWS_ELSE -> broker.closing.fails(new IllegalStateException("cannot close"));
                case THROWS_ERROR -> broker.closing.fails(new StackOverflowError("cannot close"));
                case HANGS -> broker.closing.hangs();
            }
        }
    }

    @Test
    @Verifies("M-13")
    default void everyBrokerIsClosedWhateverOthersThrow() {
        closeAll(List.of(OnClose.THROWS, OnClose.THROWS_ELSE, OnClose.CLOSES, OnClose.THROWS_ERROR, OnClose.CLOSES));
    }

    @Test
    @Verifies("M-13")
    default void everyBrokerIsClosedThoughOneHangs() {
        closeAll(List.of(OnClose.CLOSES, OnClose.HANGS, OnClose.THROWS, OnClose.CLOSES));
    }

    @Property
    @Costly
    @Verifies("M-13")
    default void anyBrokersAreAllClosed(@ForAll @Size(min = 1, max = 5) List<OnClose> brokers) {
        closeAll(brokers);
    }

    private void closeAll(List<OnClose> kinds) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-13")) {
            for (OnClose kind : kinds) {
                kind.script(
                        multi.add(new ScriptedBroker("broker-" + multi.brokers().size())));
            }
            multi.subscribe("order.created");
            Running<Boolean> close = Bounded.startRun("close", () -> closeTolerant(multi.unrecorded()));
            if (kinds.contains(OnClose.HANGS)) {
                multi.await(
                        "the broker that hangs being closed",
                        () -> multi.brokers().stream().anyMatch(it -> it.closing.hanging() > 0));
                multi.require(
                        multi.pace().endsWithinSteps(multi.config().drainTimeout(), close),
                        "close did not return within %s while a broker hung in its own"
                                .formatted(multi.config().drainTimeout()));
            }
            multi.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            List<Integer> closes =
                    multi.brokers().stream().map(ScriptedBroker::closes).toList();
            multi.require(
                    closes.stream().allMatch(it -> it >= 1),
                    "the brokers, which behave as %s, were closed %s times".formatted(kinds, closes));
        }
    }

    /** It is refused, or closed like all. */
    @Test
    @Verifies("M-13")
    default void aBrokerWhoseAddingMeetsACloseIsRefusedOrClosedToo() {
        for (int round = 0; round < 40; round++) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-13")) {
                multi.add("first");
                ScriptedBroker late = multi.own(new ScriptedBroker("late"));
                String what = "close, and an addBroker that met it";
                List<Running<Boolean>> both = Together.closeAnd(
                        what,
                        round,
                        multi.unrecorded()::close,
                        () -> multi.unrecorded().addBroker("late", late));
                List<Boolean> served = both.stream()
                        .map(it -> multi.call(
                                what,
                                timeouts().await().multipliedBy(2),
                                () -> it.await(timeouts().await())))
                        .toList();
                if (served.get(1)) {
                    multi.require(
                            multi.happens(() -> late.closes() > 0),
                            "a broker was added, which was not refused, while all were being closed, and was not closed");
                } else {
                    multi.require(
                            late.closes() == 0,
                            "a broker was refused, since all were being closed, and was closed all the same");
                }
            }
        }
    }

    private static void closeTolerant(MultiBroker broker) {
        try {
            broker.close();
        } catch (RuntimeException | Error ofABroker) {
            // Whether it comes out is not the rule's affair.
        }
    }
}
