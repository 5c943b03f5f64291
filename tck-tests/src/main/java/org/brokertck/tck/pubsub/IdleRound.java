package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;

/** One look by the wall clock at a subscription that is left alone, one that is polled, and one that is waited for. */
final class IdleRound {
    private final PubSubUnderTest broker;
    private final Duration idle;
    private final long start = System.nanoTime();
    private final RecordedSubscription alone;
    private final RecordedSubscription polled;
    private final RecordedSubscription awaited;
    private final AtomicLong removed = new AtomicLong(Long.MAX_VALUE);
    private long lastPoll;
    private long longestGap;

    IdleRound(PubSubUnderTest broker, Duration idle) {
        this.broker = broker;
        this.idle = idle;
        this.alone = broker.subscribe("order.created");
        this.polled = broker.subscribe("user.created");
        this.awaited = broker.subscribe("user.deleted");
        this.lastPoll = start;
        alone.unrecorded().ended().thenRun(() -> removed.set(System.nanoTime()));
    }

    /** Fails the test when the rule is broken; false when the machine was too slow to tell. */
    boolean judge() {
        AtomicLong entered = new AtomicLong(Long.MAX_VALUE);
        Running<Optional<Message>> take = Bounded.start("take", () -> {
            entered.set(System.nanoTime());
            return awaited.take();
        });
        broker.publishAll("order.created", Messages.numbered(3));
        broker.happensWithin(idle, () -> alone.dropped() == 1);
        boolean filledInTime = System.nanoTime() - start < idle.toNanos() && alone.dropped() == 1;
        Duration latest = idle.plus(max(idle.dividedBy(2), broker.timeouts().tolerance()));
        pollUntil(latest.plus(idle), () -> alone.endReason().isPresent());
        pollUntil(idle, () -> false);
        boolean enteredInTime = entered.get() - start < idle.toNanos();
        boolean polledInTime = longestGap < idle.toNanos();
        requireNotTooSoon();
        broker.require(
                alone.endReason().equals(Optional.of(EndReason.IDLE)),
                "a subscription from which nothing was taken still lives %s after it was made: its idle timeout is %s"
                        .formatted(latest.plus(idle), idle));
        if (filledInTime) {
            broker.require(
                    broker.pollNow(alone).isEmpty() && alone.dropped() == 3,
                    "3 messages were published to a subscription that was removed as idle; it says that it dropped "
                            + alone.dropped());
        }
        if (polledInTime) {
            requireAlive(polled, "was polled all the time");
        }
        if (enteredInTime) {
            requireAlive(awaited, "was waited for all the time");
            broker.publish("user.deleted", Messages.message("awaited"));
            Optional<Message> message = broker.call(
                    "take",
                    broker.timeouts().await().multipliedBy(2),
                    () -> take.await(broker.timeouts().await()));
            broker.require(message.isPresent(), "a take that had waited for long brought nothing");
        }
        return filledInTime && polledInTime && enteredInTime;
    }

    private void pollUntil(Duration limit, BooleanSupplier condition) {
        broker.happensWithin(limit, () -> {
            polled.poll(Duration.ZERO);
            long now = System.nanoTime();
            longestGap = Math.max(longestGap, now - lastPoll);
            lastPoll = now;
            return condition.getAsBoolean();
        });
    }

    private void requireNotTooSoon() {
        if (removed.get() != Long.MAX_VALUE) {
            Duration after = Duration.ofNanos(removed.get() - start);
            broker.require(
                    after.compareTo(idle.minus(IdleRules.GRANULARITY)) >= 0,
                    "a subscription was removed %s after it was made: its idle timeout is %s".formatted(after, idle));
        }
    }

    private void requireAlive(RecordedSubscription subscription, String use) {
        broker.require(
                subscription.endReason().isEmpty(),
                "a subscription that %s ended as %s: its idle timeout is %s"
                        .formatted(
                                use,
                                subscription.endReason().map(Object::toString).orElse(""),
                                idle));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
