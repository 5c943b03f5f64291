package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/**
 * A subscription from which nothing is taken is removed: no sooner than the idle timeout, and no later than one and a half times
 * that, which leaves room for an implementation that looks about now and then.
 */
public interface IdleRules extends PubSubRules {
    /** Long enough that no wall clock could pass for the manual one. */
    Duration IDLE = Duration.ofHours(1);

    /** What is left out so that a clock of milliseconds is no fault. */
    Duration GRANULARITY = Duration.ofMillis(1);

    @Test
    @Verifies("P-12")
    @Needs(clock = true)
    default void anIdleSubscriptionIsRemovedAtItsTimeout() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PubSubUnderTest broker = onClock(time, 3)) {
            RecordedSubscription idle = broker.subscribe("order.created");
            RecordedSubscription other = broker.subscribe("user.created");
            broker.publishAll("order.created", Messages.numbered(5));
            broker.awaitDropped(idle, 2);
            time.clock().advance(IDLE.dividedBy(2));
            broker.pollNow(other);
            time.clock().advance(IDLE.dividedBy(2).minus(GRANULARITY));
            requireAlive(broker, idle, IDLE.minus(GRANULARITY));
            time.clock().advance(IDLE.dividedBy(2));
            requireAlive(broker, other, IDLE.minus(GRANULARITY));
            broker.pollNow(other);
            time.clock().advance(GRANULARITY.multipliedBy(2));
            requireRemoved(broker, idle, 5);
            broker.publishAll("order.created", Messages.numbered(4));
            broker.require(
                    idle.dropped() == 5 && broker.pollNow(idle).isEmpty(),
                    "a subscription that was removed as idle still takes part: it dropped " + idle.dropped());
            broker.awaitMetrics(
                    "one of two subscriptions was removed as idle, and 5 messages freed with it",
                    it -> it.subscriptions() == 1 && it.of("order.created").dropped() == 5);
        }
    }

    @Test
    @Verifies("P-12")
    @Needs(clock = true)
    default void aSubscriptionThatIsPolledStays() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PubSubUnderTest broker = onClock(time, 10)) {
            RecordedSubscription polled = broker.subscribeWithPattern("order.*");
            Duration most = IDLE.minus(GRANULARITY);
            for (int i = 0; i < 5; i++) {
                time.clock().advance(most);
                requireAlive(broker, polled, most);
                // In turn it finds nothing and something.
                if (i % 2 == 1) {
                    broker.publish("order.created", Messages.message("m-" + i));
                    broker.next(polled);
                } else {
                    broker.pollNow(polled);
                }
            }
            time.clock().advance(most);
            requireAlive(broker, polled, most);
            time.clock().advance(IDLE.dividedBy(2).plus(GRANULARITY.multipliedBy(2)));
            requireRemoved(broker, polled, 0);
        }
    }

    @Test
    @Verifies("P-12")
    @Needs(clock = true)
    default void aSubscriptionThatIsWaitedForStays() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PubSubUnderTest broker = onClock(time, 10)) {
            RecordedSubscription awaited = broker.subscribeWithPattern("order.#");
            Running<Optional<Message>> take = Bounded.start("take", awaited::take);
            Waiting.await(broker, List.of(take));
            broker.require(broker.stays(StillWaiting.in(take)), "a take returned while there was nothing to take");
            for (int i = 0; i < 3; i++) {
                time.clock().advance(IDLE.multipliedBy(2));
                requireAlive(broker, awaited, Duration.ZERO);
            }
            broker.publish("order", Messages.message("awaited"));
            Optional<Message> message = broker.call(
                    "take",
                    timeouts().await().multipliedBy(2),
                    () -> take.await(timeouts().await()));
            broker.require(message.isPresent(), "a take that had waited for long brought nothing");
            // Only now the time without a take begins.
            time.clock().advance(IDLE.minus(GRANULARITY));
            requireAlive(broker, awaited, IDLE.minus(GRANULARITY));
            time.clock().advance(IDLE.dividedBy(2).plus(GRANULARITY.multipliedBy(2)));
            requireRemoved(broker, awaited, 0);
        }
    }

    /** Each step lets a share of the timeout pass, in tenths, then polls one of the subscriptions and publishes to all. */
    @Property
    @Verifies("P-12")
    @Needs(clock = true)
    default void subscriptionsAreRemovedWhenNobodyTakesFromThem(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 9) Integer> tenths) {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (PubSubUnderTest broker = onClock(time, 1000)) {
            List<IdleWatch> watches = List.of(
                    new IdleWatch(broker, broker.subscribe("order.created")),
                    new IdleWatch(broker, broker.subscribeWithPattern("order.*")),
                    new IdleWatch(broker, broker.subscribeWithPattern("#")));
            // Who takes each message tells that it has come where copies are made by other threads.
            RecordedSubscription witness = broker.subscribeWithPattern("*.created");
            for (int i = 0; i < tenths.size(); i++) {
                Duration passed = IDLE.multipliedBy(tenths.get(i)).dividedBy(10).plus(GRANULARITY);
                time.clock().advance(passed);
                watches.forEach(it -> it.passed(passed));
                watches.forEach(IdleWatch::published);
                broker.publish("order.created", Messages.message("m-" + i));
                broker.next(witness);
                watches.get((tenths.get(i) + i) % watches.size()).poll();
            }
            time.clock().advance(IDLE.multipliedBy(2));
            watches.forEach(it -> it.passed(IDLE.multipliedBy(2)));
            watches.forEach(IdleWatch::requireFreed);
        }
    }

    private PubSubUnderTest onClock(VirtualTime time, int capacity) {
        return PubSubUnderTest.open(
                this,
                time.target(),
                "P-12",
                Names.fresh("P-12"),
                config().bufferCapacity(capacity).idleTimeout(IDLE).build());
    }

    private static void requireAlive(PubSubUnderTest broker, RecordedSubscription subscription, Duration idle) {
        broker.require(
                subscription.endReason().isEmpty(),
                "a subscription has ended as %s when nothing was taken for %s and its idle timeout is %s"
                        .formatted(
                                subscription.endReason().map(Object::toString).orElse(""), idle, IDLE));
    }

    private static void requireRemoved(PubSubUnderTest broker, RecordedSubscription subscription, long dropped) {
        broker.requireEnded(subscription, EndReason.IDLE);
        broker.require(
                broker.call("take after the idle timeout", subscription::take).isEmpty(),
                "the buffer of a subscription that was removed as idle was not freed");
        broker.awaitDropped(subscription, dropped);
    }

    /**
     * By the wall clock: one is left alone, one is polled, one is waited for. Where the machine kept the test from polling often
     * enough, it tries again with more time.
     */
    @Test
    @Verifies("P-12")
    default void byTheWallClockTooOnlyIdleSubscriptionsAreRemoved() {
        for (int i = 1; i <= 8; i *= 2) {
            Duration idle = timeouts().tolerance().dividedBy(2).multipliedBy(i);
            try (PubSubUnderTest broker = PubSubUnderTest.open(
                    this, "P-12", config().bufferCapacity(2).idleTimeout(idle).build())) {
                if (new IdleRound(broker, idle).judge()) {
                    return;
                }
            }
        }
        throw new Inconclusive(
                SpecCatalogue.shipped().rule("P-12"),
                "the machine was too busy to poll a subscription within its idle timeout");
    }
}
