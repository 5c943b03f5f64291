package org.brokertck.benchmarks.topics;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.metrics.MetricsHolder;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.subscribe.Topic;
import com.hivemq.mqtt.topic.tree.LocalTopicTree;

/** The topic tree of HiveMQ's community edition; MQTT writes {@code /} for {@code .} and {@code +} for {@code *}. */
final class HiveMqMatcher implements Matcher {
    private final LocalTopicTree tree = new LocalTopicTree(new MetricsHolder(new MetricRegistry()));

    @Override
    public void subscribe(String pattern, int subscriber) {
        tree.addTopic(
                Integer.toString(subscriber),
                new Topic(spelled(pattern).replace('*', '+'), QoS.AT_LEAST_ONCE),
                (byte) 0,
                null);
    }

    @Override
    public String spelled(String topic) {
        return topic.replace('.', '/');
    }

    @Override
    public int match(String topic) {
        return tree.findTopicSubscribers(topic).getSubscribers().size();
    }
}
