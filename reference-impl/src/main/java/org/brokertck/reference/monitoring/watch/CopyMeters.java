package org.brokertck.reference.monitoring.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubMetrics;

/** The topics of one publish/subscribe broker, by what the broker itself counts. */
final class CopyMeters implements Meter {
    /** Where the topics go that the broker itself does not tell apart. */
    private static final String OTHERS = "(other topics)";

    /** How many topics are told apart before the broker tells them apart itself, which bounds them too. */
    private static final int MOST_TOPICS = 1000;

    /** How many copies share one whose age is told; a power of two. */
    private static final int ONE_IN = 64;

    private final BrokerWatch watch;
    private final Supplier<PubSubMetrics> metrics;
    private final Map<String, CopyMeter> topics = new ConcurrentHashMap<>();
    private final CopyMeter others;

    CopyMeters(BrokerWatch watch, Supplier<PubSubMetrics> metrics) {
        this.watch = watch;
        this.metrics = metrics;
        this.others = meter(OTHERS);
    }

    void published(String topic, int size) {
        known(topic).published(size);
        watch.changed();
    }

    /** @param number counts the takes of one subscription */
    void taken(int number, Message message) {
        if ((number & (ONE_IN - 1)) == 0) {
            known(message.topic())
                    .age(watch.time().millis() - message.timestamp().toEpochMilli());
        }
        watch.changed();
    }

    private CopyMeter known(String topic) {
        CopyMeter meter = topics.get(topic);
        if (meter != null) {
            return meter;
        }
        return topics.size() < MOST_TOPICS ? topics.computeIfAbsent(topic, this::meter) : others;
    }

    @Override
    public void handOn() {
        PubSubMetrics now = metrics.get();
        now.topics()
                .forEach((topic, counts) ->
                        topics.computeIfAbsent(topic, this::meter).handOn(counts));
        others.handOn(now.others());
    }

    private CopyMeter meter(String topic) {
        return new CopyMeter(new Recorder(watch.monitor(), topic));
    }
}
