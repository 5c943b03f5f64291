package org.brokertck.benchmarks.topics;

import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.filter.DestinationMap;

/** The map of destinations that ActiveMQ finds subscriptions by; there {@code >} stands for any words at the end. */
final class ActiveMqMatcher implements Matcher {
    private final DestinationMap destinations = new DestinationMap();

    @Override
    public void subscribe(String pattern, int subscriber) {
        destinations.put(new ActiveMQTopic(pattern.replace('#', '>')), subscriber);
    }

    @Override
    public int match(String topic) {
        return destinations.get(new ActiveMQTopic(topic)).size();
    }
}
