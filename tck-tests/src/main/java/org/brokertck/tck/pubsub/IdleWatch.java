package org.brokertck.tck.pubsub;

import java.time.Duration;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.history.pubsub.RecordedSubscription;

/** One subscription on a manual clock, beside what the rule says of it. */
final class IdleWatch {
    private final PubSubUnderTest broker;
    private final RecordedSubscription subscription;
    private Duration idle = Duration.ZERO;
    private long matched;

    IdleWatch(PubSubUnderTest broker, RecordedSubscription subscription) {
        this.broker = broker;
        this.subscription = subscription;
    }

    private boolean alive() {
        return subscription.endReason().isEmpty();
    }

    /** Time has passed without a take. */
    void passed(Duration time) {
        idle = idle.plus(time);
        if (idle.compareTo(IdleRules.IDLE.minus(IdleRules.GRANULARITY)) < 0) {
            broker.require(
                    alive(),
                    "%s to '%s' has ended when nothing was taken for %s and its idle timeout is %s"
                            .formatted(subscription.name(), subscription.pattern(), idle, IdleRules.IDLE));
        } else if (idle.compareTo(IdleRules.IDLE.multipliedBy(3).dividedBy(2)) >= 0) {
            broker.requireEnded(subscription, EndReason.IDLE);
        }
    }

    /** A message is about to be published that it matches. */
    void published() {
        matched += alive() ? 1 : 0;
    }

    /** Polls; what it brings, if anything, does not matter, but begins a new idle time. */
    void poll() {
        if (alive()) {
            broker.pollNow(subscription);
            idle = Duration.ZERO;
        }
    }

    /** In the end it is removed, and what it had buffered is counted as dropped. */
    void requireFreed() {
        broker.requireEnded(subscription, EndReason.IDLE);
        broker.require(
                broker.pollNow(subscription).isEmpty(),
                "the buffer of a subscription that was removed as idle was not freed");
        broker.require(
                subscription.received() + subscription.dropped() == matched,
                "%s to '%s' was removed as idle: it received %d and says that it dropped %d, where %d matched"
                        .formatted(
                                subscription.name(),
                                subscription.pattern(),
                                subscription.received(),
                                subscription.dropped(),
                                matched));
    }
}
