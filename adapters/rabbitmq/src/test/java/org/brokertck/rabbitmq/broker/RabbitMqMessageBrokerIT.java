package org.brokertck.rabbitmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.rabbitmq.RabbitMqBroker;
import org.brokertck.rabbitmq.WithServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rules of the kit cannot reach, since it is RabbitMQ's alone. */
class RabbitMqMessageBrokerIT extends WithServer {
    @AfterEach
    void clearUp() {
        new RabbitMqBroker(uri).removeBroker(name);
    }

    @Test
    void theQueueOfASubscriptionGoesWithIt() throws Exception {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                Connection connection = connect();
                Channel channel = connection.createChannel()) {
            try (MessageBroker messages = broker.openBroker(name, BrokerConfig.defaults())) {
                messages.subscribe("order.created", message -> {}).close();
                messages.subscribe("order.created", message -> {});
            }
            // The server refuses this as long as anything is bound.
            channel.exchangeDelete(new BrokerExchange(name).exchange(), true);
        }
    }

    /** As it is found by a subscriber that was away for more than an hour. */
    @Test
    void aQueueThatExpiredIsMadeAgain() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        SubscriberQueue queue = new SubscriberQueue(new BrokerExchange(name), "order.created");
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                MessageBroker messages = broker.openBroker(name, BrokerConfig.defaults());
                Connection connection = connect()) {
            try (Channel channel = connection.createChannel()) {
                queue.declare(channel);
                channel.queueDelete(queue.queue());
            }
            Channel away = connection.createChannel();
            assertThatThrownBy(() -> queue.declare(away)).hasStackTraceContaining("NOT_FOUND");
            try (Channel back = connection.createChannel()) {
                queue.declare(back);
                back.basicConsume(queue.queue(), true, (tag, it) -> heard.add("heard"), tag -> {});
                messages.produce("order.created", Message.builder().build());

                await().untilAsserted(() -> assertThat(heard).containsExactly("heard"));
                queue.leave(back);
            }
        }
    }

    @Test
    void topicsThatShareARoutingKeyAreToldApart() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                MessageBroker messages = broker.openBroker(name, BrokerConfig.defaults());
                TopicSubscription one = messages.subscribe("half \ud83d", message -> heard.add("one-" + message.id()));
                TopicSubscription other =
                        messages.subscribe("half \ud83c", message -> heard.add("other-" + message.id()))) {
            messages.produce(one.topic(), Message.builder().id("1").build());
            messages.produce(other.topic(), Message.builder().id("2").build());

            await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("one-1", "other-2"));
            assertThat(messages.health().status()).isEqualTo(Health.HEALTHY);
        }
    }
}
