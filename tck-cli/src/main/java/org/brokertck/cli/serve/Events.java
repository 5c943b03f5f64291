package org.brokertck.cli.serve;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.pubsub.InMemoryPubSubBroker;

/** Topics with a subscriber that keeps up. */
final class Events implements Traffic {
    private static final List<String> TOPICS = List.of("user.created", "user.created", "user.deleted");
    private static final int A_SECOND = 30;

    private final PubSubBroker broker;
    private final Thread subscriber;
    private int number;

    Events(BrokerWatch watch) {
        this.broker = watch.pubSub(InMemoryPubSubBroker.open("events", PubSubConfig.defaults()));
        Subscription subscription = broker.subscribeWithPattern("user.*");
        this.subscriber = new Thread(() -> takeAll(subscription), "tck-serve-subscriber");
        subscriber.setDaemon(true);
        subscriber.start();
    }

    private static void takeAll(Subscription subscription) {
        boolean more = true;
        while (more) {
            more = subscription.take().isPresent();
        }
    }

    @Override
    public int perSecond() {
        return A_SECOND;
    }

    @Override
    public void next() {
        broker.publish(
                TOPICS.get(number++ % TOPICS.size()),
                Message.builder().payload(new byte[100]).build());
    }

    @Override
    public void close() {
        broker.close();
    }
}
