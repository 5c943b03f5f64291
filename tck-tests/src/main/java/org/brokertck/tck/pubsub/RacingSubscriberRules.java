package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/**
 * Subscribers that come at the very moment at which others publish or close the broker. Each test repeats its race for as long as
 * the tolerance is; no right implementation can lose it.
 */
public interface RacingSubscriberRules extends PubSubRules {
    /** How much one publisher has on its way at most. */
    int AHEAD = 16;

    /** In pairs, so that the second comes while publishers still look who there is since the first. */
    @Test
    @Verifies("P-1")
    default void whoComesWhileOthersPublishIsSoonHeardOf() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-1")) {
            AtomicBoolean done = new AtomicBoolean();
            List<Running<Boolean>> publishers = Stream.of("one", "two")
                    .map(it -> Bounded.startRun("busy publisher", () -> publishUntil(broker, it, done)))
                    .toList();
            Optional<String> unheard;
            try {
                unheard = broker.call(
                        "subscribe, take and close while others publish",
                        timeouts().await().multipliedBy(3),
                        () -> comeInPairs(broker));
            } finally {
                done.set(true);
            }
            publishers.forEach(it -> broker.run(
                    "publish",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            broker.require(unheard.isEmpty(), unheard.orElse(""));
        }
    }

    /** Hears itself now and then, so that no more is on its way than a broker that delivers later soon works off. */
    private void publishUntil(PubSubUnderTest broker, String name, AtomicBoolean done) {
        try (Subscription own = broker.unrecorded().subscribe("order.created")) {
            for (int i = 0; !done.get(); i++) {
                String id = name + "-" + i;
                broker.unrecorded().publish("order.created", Messages.message(id));
                if (i % AHEAD == AHEAD - 1) {
                    hear(own, id, done);
                }
            }
        }
    }

    private void hear(Subscription own, String id, AtomicBoolean done) {
        Optional<Message> heard;
        do {
            heard = own.poll(timeouts().tolerance());
        } while (heard.isPresent() && !heard.get().id().equals(id) && !done.get());
    }

    /** What went wrong; nothing where each hears something in the time that tests wait. */
    private Optional<String> comeInPairs(PubSubUnderTest broker) {
        long start = System.nanoTime();
        for (int pair = 1; goesOn(start); pair++) {
            try (Subscription first = broker.unrecorded().subscribe("order.created");
                    Subscription second = broker.unrecorded().subscribeWithPattern("order.*")) {
                for (Subscription subscription : List.of(first, second)) {
                    if (subscription.poll(timeouts().await()).isEmpty()) {
                        return Optional.of(
                                "two threads published to 'order.created' all the time; the subscription to '%s' of pair %d received nothing within %s"
                                        .formatted(
                                                subscription.pattern(),
                                                pair,
                                                timeouts().await()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean goesOn(long startNanos) {
        return System.nanoTime() - startNanos < timeouts().tolerance().toNanos();
    }

    @Test
    @Verifies("P-14")
    default void whoComesWhileTheBrokerIsClosedIsRefusedOrEnded() {
        long start = System.nanoTime();
        do {
            try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-14")) {
                List<Subscription> subscribed = new ArrayList<>();
                Running<Boolean> subscriber =
                        Bounded.startRun("subscribe", () -> subscribeUntilClosed(broker.unrecorded(), subscribed));
                broker.happensWithin(timeouts().await(), () -> broker.metrics().subscriptions() > 0);
                broker.closeNow();
                broker.run(
                        "subscribe while the broker is closed",
                        timeouts().await().multipliedBy(2),
                        () -> subscriber.await(timeouts().await()));
                for (int i = 0; i < subscribed.size(); i++) {
                    Optional<EndReason> reason = subscribed.get(i).endReason();
                    broker.require(
                            reason.equals(Optional.of(EndReason.BROKER_CLOSED)),
                            "the broker was closed; subscription %d of the %d that were accepted meanwhile tells %s as the reason of its end"
                                    .formatted(i + 1, subscribed.size(), reason));
                }
            }
        } while (goesOn(start));
    }

    /** A bounded number, so that a broker that never refuses is found out by what it accepted. */
    private static void subscribeUntilClosed(PubSubBroker broker, List<Subscription> subscribed) {
        try {
            while (subscribed.size() < 50_000) {
                subscribed.add(broker.subscribe("order.created"));
            }
        } catch (ClosedException closed) {
            // The race is over.
        }
    }
}
