package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.SilentAfterClose;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Once it is closed it refuses, and tells of no more than that. */
public interface AfterCloseRules extends MultiBrokerRules {
    /** The operations that it refuses when it is closed. */
    enum Operation {
        /** {@link MultiBroker#produce}. */
        PRODUCE,
        /** {@link MultiBroker#subscribe}. */
        SUBSCRIBE,
        /** {@link MultiBroker#setRoutingRule}. */
        SET_RULE,
        /** {@link MultiBroker#addBroker}. */
        ADD_BROKER,
        /** {@link MultiBroker#addHealthListener}. */
        ADD_LISTENER;

        @SuppressWarnings("resource") // nothing is opened where all is refused
        private void make(MultiBroker broker, ScriptedBroker another) {
            switch (this) {
                case PRODUCE -> broker.produce("order.created", Messages.message("after-close"));
                case SUBSCRIBE -> broker.subscribe("order.created", message -> {});
                case SET_RULE -> broker.setRoutingRule("#", "a");
                case ADD_BROKER -> broker.addBroker("another", another);
                case ADD_LISTENER -> broker.addHealthListener(it -> {});
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedMultiBrokerRefusesEverythingButItsHealth() {
        refuseAfterClose(List.of(Operation.values()));
    }

    @Property
    @Costly
    @Verifies("G-2")
    default void aClosedMultiBrokerRefusesAnySequenceOfCalls(
            @ForAll @Size(min = 1, max = 10) List<Operation> operations) {
        refuseAfterClose(operations);
    }

    private void refuseAfterClose(List<Operation> operations) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-2")) {
            multi.add("a", "b");
            multi.subscribe("order.created");
            multi.produce("order.created", "before");
            multi.closeNow();
            ScriptedBroker another = new ScriptedBroker("another");
            try {
                for (Operation operation : operations) {
                    multi.refused(
                            ClosedException.class,
                            operation + " after close",
                            () -> operation.make(multi.unrecorded(), another));
                    Map<String, HealthStatus> health = multi.health();
                    multi.require(
                            List.copyOf(health.keySet()).equals(List.of("a", "b"))
                                    && health.values().stream().allMatch(it -> it.status() == Health.UNHEALTHY),
                            "after close and %s health tells %s, where two unhealthy brokers are due"
                                    .formatted(operation, health));
                }
                multi.require(another.closes() == 0, "a broker that a closed multi-broker refused was closed by it");
            } finally {
                another.endTest();
            }
            multi.judge(new SilentAfterClose().judge(multi.history()));
            multi.require(
                    multi.stays(() -> new SilentAfterClose().judge(multi.history()) instanceof Verdict.Valid),
                    "a handler started after close had returned");
        }
    }

    /** What it finds is told of no more: all are unhealthy from now on. */
    @Test
    @Verifies("G-2")
    default void aLookUnderWayAtTheCloseChangesNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-2")) {
            ScriptedBroker slow = multi.add("slow", "other").get(0);
            slow.health.waits();
            if (!multi.comesWithALook(() -> slow.health.hanging() == 1)) {
                throw multi.inconclusive("no look began within the health interval, which is the subject of M-11");
            }
            Running<Boolean> close = Bounded.startRun("close", multi.unrecorded()::close);
            multi.require(
                    multi.pace().endsWithinSteps(multi.config().drainTimeout().multipliedBy(2), close),
                    "close did not return while a look was under way that does not answer an interrupt");
            slow.health.works();
            multi.await("the end of the look", () -> slow.health.hanging() == 0);
            multi.require(
                    multi.stays(() -> multi.health(slow).status() == Health.UNHEALTHY),
                    "a look was under way as it was closed, and a broker is told as %s since that has ended"
                            .formatted(multi.health(slow)));
        }
    }
}
