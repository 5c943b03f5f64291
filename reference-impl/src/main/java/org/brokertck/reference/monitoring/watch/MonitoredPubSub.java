package org.brokertck.reference.monitoring.watch;

import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;

/** A publish/subscribe broker that tells a monitor what happens on its topics. Messages the broker counts itself. */
final class MonitoredPubSub implements PubSubBroker {
    private final PubSubBroker broker;
    private final BrokerWatch watch;
    private final CopyMeters meters;

    MonitoredPubSub(PubSubBroker broker, BrokerWatch watch) {
        this.broker = broker;
        this.watch = watch;
        this.meters = new CopyMeters(watch, broker::metrics);
        watch.add(meters);
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public Subscription subscribe(String topic) {
        return new MonitoredSubscription(broker.subscribe(topic), meters);
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        return new MonitoredSubscription(broker.subscribeWithPattern(pattern), meters);
    }

    @Override
    public void publish(String topic, Message message) {
        broker.publish(topic, message);
        meters.published(topic, message.payloadSize());
    }

    @Override
    public void unsubscribe(String topic) {
        broker.unsubscribe(topic);
    }

    @Override
    public PubSubMetrics metrics() {
        return broker.metrics();
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            watch.remove(meters);
        }
    }
}
