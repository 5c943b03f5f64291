package org.brokertck.tck.pubsub;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerException;
import org.brokertck.tck.check.pubsub.Matching;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;

/**
 * The last messages of each publisher, to topics that every living subscription matches one of. Since the messages of one publisher
 * arrive in order, nothing of that publisher comes after the last of them that a subscription matches.
 */
final class Sentinels {
    private static final String PREFIX = "sentinel-";

    private final int publishers;
    private final AtomicInteger announced = new AtomicInteger();
    /** The ids that each subscription, by its name, is to receive last, one of each publisher. */
    private final Map<String, Set<String>> awaited = new ConcurrentHashMap<>();

    /** @param publishers how many publishers will send them */
    Sentinels(int publishers) {
        this.publishers = publishers;
    }

    /** Publishes a publisher's sentinels, on the calling thread, which is that publisher's. What is refused is recorded. */
    void send(PubSubUnderTest broker, String publisher) {
        List<RecordedSubscription> living = broker.recorded().subscriptions().stream()
                .filter(it -> it.endReason().isEmpty())
                .toList();
        Map<String, String> topics = new LinkedHashMap<>();
        for (RecordedSubscription subscription : living) {
            topics.computeIfAbsent(
                    Matching.topicFor(subscription.pattern()),
                    it -> PREFIX + (topics.size() + 1) + "-of-" + publisher + "-" + System.nanoTime());
        }
        living.forEach(it -> await(it, topics.entrySet()));
        announced.incrementAndGet();
        topics.forEach((topic, id) -> publish(broker, publisher, topic, id));
    }

    private void await(RecordedSubscription subscription, Collection<Map.Entry<String, String>> topics) {
        String last = "";
        for (Map.Entry<String, String> topic : topics) {
            last = Matching.matches(subscription.pattern(), topic.getKey()) ? topic.getValue() : last;
        }
        awaited.computeIfAbsent(subscription.name(), it -> ConcurrentHashMap.newKeySet())
                .add(last);
    }

    private static void publish(PubSubUnderTest broker, String publisher, String topic, String id) {
        try {
            broker.recorded().publish(publisher, topic, Messages.message(id));
        } catch (BrokerException refusal) {
            // In the history, for the checks to judge.
        }
    }

    /** Whether a message is one. */
    static boolean isSentinel(String id) {
        return id.startsWith(PREFIX);
    }

    /** Whether a subscription that received these sentinels has received the last of every publisher. */
    boolean allSeen(RecordedSubscription subscription, Set<String> seen) {
        Set<String> last = awaited.get(subscription.name());
        return announced.get() >= publishers && last != null && seen.containsAll(last);
    }
}
