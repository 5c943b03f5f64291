package org.brokertck.tck.pubsub;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.tck.scenario.Messages;

/**
 * What a publish costs two brokers, by the quickest of many short batches that alternate between them: whatever else the machine does
 * only makes a batch slower. A ratio that is too high is measured anew, each time for twice as long, and the lowest is believed: one
 * measurement is over within milliseconds, and the compiler or the garbage collector may spoil the whole of it for one of the two.
 */
final class PublishCost {
    private static final int ROUNDS = 200;
    private static final int BATCH = 40;
    private static final int TIMES = 8;
    /** A batch that takes this long is long enough: a slow publish needs no company to be measured. */
    private static final Duration LONG = Duration.ofMillis(5);

    private static final double CLEAR = 1.8;
    /** A cost that grows with the subscriptions shows at once, and takes too long to measure well. */
    private static final double HOPELESS = 20;

    private long few = 1;
    private long many = Long.MAX_VALUE;

    PublishCost(PubSubUnderTest few, PubSubUnderTest many) {
        many.run(
                "publish of many batches",
                many.timeouts().recovery(),
                () -> measure(few.unrecorded(), many.unrecorded()));
    }

    private void measure(PubSubBroker few, PubSubBroker many) {
        for (int time = 0; time < TIMES && ratio() > CLEAR; time++) {
            measureOnce(few, many, ROUNDS << time);
        }
    }

    private void measureOnce(PubSubBroker few, PubSubBroker many, int rounds) {
        long quickestOfFew = Long.MAX_VALUE;
        long quickestOfMany = Long.MAX_VALUE;
        for (int round = 0; round < rounds && (round < 5 || ratio(quickestOfMany, quickestOfFew) < HOPELESS); round++) {
            quickestOfFew = Math.min(quickestOfFew, batch(few));
            quickestOfMany = Math.min(quickestOfMany, batch(many));
        }
        if (ratio(quickestOfMany, quickestOfFew) < ratio()) {
            this.few = quickestOfFew;
            this.many = quickestOfMany;
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
        return ratio(many, few);
    }

    private static double ratio(long many, long few) {
        return (double) many / Math.max(1, few);
    }

    Duration few() {
        return Duration.ofNanos(few);
    }

    Duration many() {
        return Duration.ofNanos(many);
    }
}
