package org.brokertck.tck.pubsub;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.tck.scenario.Messages;

/**
 * What a publish costs two brokers, by the quickest of many short batches that alternate between them: whatever else the machine does
 * only makes a batch slower. A ratio that is too high is measured again before it is believed.
 */
final class PublishCost {
    private static final int ROUNDS = 200;
    private static final int BATCH = 40;
    private static final int TIMES = 4;
    /** A batch that takes this long is long enough: a slow publish needs no company to be measured. */
    private static final Duration LONG = Duration.ofMillis(5);

    private static final double CLEAR = 1.8;
    /** A cost that grows with the subscriptions shows at once, and takes too long to measure well. */
    private static final double HOPELESS = 20;

    private long few = Long.MAX_VALUE;
    private long many = Long.MAX_VALUE;

    PublishCost(PubSubUnderTest few, PubSubUnderTest many) {
        many.run(
                "publish of many batches",
                many.timeouts().recovery(),
                () -> measure(few.unrecorded(), many.unrecorded()));
    }

    private void measure(PubSubBroker few, PubSubBroker many) {
        for (int time = 0; time < TIMES && (time == 0 || ratio() > CLEAR); time++) {
            for (int round = 0; round < ROUNDS && (round < 5 || ratio() < HOPELESS); round++) {
                this.few = Math.min(this.few, batch(few));
                this.many = Math.min(this.many, batch(many));
            }
        }
    }

    private static long batch(PubSubBroker broker) {
        Message message = Messages.message("measured");
        long start = System.nanoTime();
        long taken = 0;
        int published = 0;
        while (published < BATCH && taken < LONG.toNanos()) {
            broker.publish("order.created", message);
            broker.publish("order.created.now", message);
            published += 2;
            taken = System.nanoTime() - start;
        }
        return taken / published;
    }

    /** How many times as much a publish costs the broker with the many subscriptions. */
    double ratio() {
        return (double) many / Math.max(1, few);
    }

    Duration few() {
        return Duration.ofNanos(few);
    }

    Duration many() {
        return Duration.ofNanos(many);
    }
}
