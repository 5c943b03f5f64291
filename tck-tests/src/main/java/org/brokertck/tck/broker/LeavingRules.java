package org.brokertck.tck.broker;

import java.util.List;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Who leaves is gone, however that came about, and whatever else began or ended meanwhile. */
public interface LeavingRules extends BrokerRules {
    /** The subscription is closed all the same. */
    @Test
    @Verifies("G-9")
    default void anInterruptEndsTheWaitOfACloseOfASubscription() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-9", config().drainTimeout(timeouts().recovery()).build())) {
            RecordedTopics.Heard leaving = broker.subscribe("order.created", gate);
            RecordedTopics.Heard staying = broker.subscribe("order.created");
            broker.produce("order.created", Messages.message("running"));
            broker.await("a handler running", () -> gate.inside() == 1);
            Interruptible<Boolean> close = Interruptible.startRun("close of a subscription", leaving::close);
            broker.require(
                    broker.stays(StillWaiting.in(close.running())),
                    "close of a subscription did not wait for its handler, so there is nothing to interrupt");
            close.interrupt(timeouts().await().dividedBy(2), broker::refused, broker::require);
            gate.open();
            broker.produce("order.created", Messages.message("later"));
            broker.awaitHandled(staying, 2);
            broker.require(
                    broker.stays(() -> broker.history().handledBy(leaving.name()).stream()
                            .noneMatch(it -> it.id().equals("later"))),
                    "a subscription was closed, which an interrupt cut short, and heard what was produced afterwards");
            broker.close(leaving);
        } finally {
            gate.open();
        }
    }

    /** Where a broker bounds what waits for a subscriber, and refuses messages when one has no room. */
    @Test
    @Verifies("B-2")
    @Needs(inMemory = true)
    default void aBrokerIsHealthyAgainWhenTheSubscriberWithoutRoomHasLeft() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "B-2",
                config().capacity(2)
                        .produceTimeout(timeouts().quiet().dividedBy(5))
                        .drainTimeout(timeouts().quiet().dividedBy(5))
                        .build())) {
            RecordedTopics.Heard staying = broker.subscribe("order.created");
            RecordedTopics.Heard full = broker.subscribe("order.created", gate);
            int refused = 0;
            for (int i = 0; i < 6; i++) {
                refused += broker.tryProduce("order.created", Messages.message("m-" + i)) ? 0 : 1;
            }
            broker.awaitHandled(staying, 6 - refused);
            if (refused > 0) {
                HealthStatus before = broker.health();
                broker.require(
                        before.status() == Health.DEGRADED,
                        "a broker that refuses messages for want of room says " + before);
                broker.close(full);
                broker.require(
                        broker.tryProduce("order.created", Messages.message("after")),
                        "a message was refused for want of room, when the subscriber that had no room is closed");
                HealthStatus after =
                        Polling.until(timeouts().await(), broker::health, it -> it.status() == Health.HEALTHY);
                broker.require(
                        after.status() == Health.HEALTHY,
                        "when the subscriber that had no room is closed, the broker says " + after);
            }
        } finally {
            gate.open();
        }
    }

    /** It is refused, or ends with its broker. */
    @Test
    @Verifies("G-10")
    default void aSubscribeThatMeetsACloseLeavesNothingBehind() {
        for (int round = 0; round < (isRemote() ? 5 : 40); round++) {
            ThreadCensus census = ThreadCensus.take();
            try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-10")) {
                broker.subscribe("order.shipped");
                List<Running<Boolean>> both = Together.closeAnd(
                        "close, and a subscribe that met it",
                        round,
                        broker::closeNow,
                        () -> broker.recorded().subscribe("order.created", message -> {}));
                both.forEach(it -> broker.run(
                        "close, and a subscribe that met it",
                        timeouts().await().multipliedBy(2),
                        () -> it.await(timeouts().await())));
                List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
                broker.require(
                        left.isEmpty(),
                        "after a subscribe that met a close these threads are still alive: "
                                + ThreadCensus.describe(left));
            }
        }
    }
}
