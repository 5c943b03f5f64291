package org.brokertck.tck.pubsub;

import org.brokertck.tck.history.pubsub.RecordedSubscription;

/** Takes all that is to come, up to the sentinels of the test's own publisher; where one does not come, time decides. */
final class Drain {
    private Drain() {}

    /** Publishes sentinels from the test's own thread, and takes up to them. */
    static void all(PubSubUnderTest broker) {
        Sentinels sentinels = new Sentinels(1);
        broker.onPublisher("publish of sentinels", () -> sentinels.send(broker, PubSubUnderTest.MAIN));
        upTo(broker, sentinels);
    }

    /** Takes up to the sentinels, which all publishers have sent, from subscriptions that live, and to their end from the others. */
    static void upTo(PubSubUnderTest broker, Sentinels sentinels) {
        long deadline = System.nanoTime() + broker.timeouts().await().toNanos();
        for (RecordedSubscription subscription : broker.recorded().subscriptions()) {
            Taking taking = new Taking(subscription, broker.timeouts().await(), 0);
            broker.run(
                    "takes of all that is to come",
                    broker.timeouts().await().multipliedBy(2),
                    () -> taking.upTo(sentinels, () -> deadline, () -> false, () -> false));
        }
    }
}
