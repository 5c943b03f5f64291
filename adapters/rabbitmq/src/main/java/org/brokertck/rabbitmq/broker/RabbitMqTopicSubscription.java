package org.brokertck.rabbitmq.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.rabbitmq.connection.Acknowledgements;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.consuming.ConsumerLoop;
import org.brokertck.rabbitmq.consuming.ConsumerSession;
import org.brokertck.rabbitmq.consuming.Delivery;
import org.brokertck.rabbitmq.consuming.Handling;
import org.jspecify.annotations.Nullable;

/** One subscription: a consumer of its own queue. A handler that throws has had its message. */
final class RabbitMqTopicSubscription implements TopicSubscription {
    private final String topic;
    private final MessageHandler handler;
    private final ErrorCounts errors;
    private final Duration drainTimeout;
    private final ConsumerLoop loop;

    /** @param onEnd is told when its thread has ended */
    RabbitMqTopicSubscription(
            BrokerExchange exchange,
            String topic,
            MessageHandler handler,
            ErrorCounts errors,
            Duration drainTimeout,
            Link link,
            InstanceThreads threads,
            Consumer<RabbitMqTopicSubscription> onEnd) {
        this.topic = topic;
        this.handler = handler;
        this.errors = errors;
        this.drainTimeout = drainTimeout;
        this.loop = new ConsumerLoop(
                "a subscription to '" + topic + "' of broker '" + exchange.name() + "'",
                link,
                threads,
                new SubscriberQueue(exchange, topic),
                new Acknowledgements(),
                this::begin,
                () -> onEnd.accept(this));
    }

    @Override
    public String topic() {
        return topic;
    }

    ConsumerLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.stopTaking();
        loop.close(drainTimeout);
    }

    private Handling.Task begin(Delivery delivery) {
        Message message = MessageCodec.decode(delivery.properties(), delivery.body());
        return new Handling.Task() {
            @Override
            public void run() throws Throwable {
                handle(arrived(message));
            }

            @Override
            public void settle(ConsumerSession session, @Nullable Throwable failure) throws IOException {
                session.acknowledge(delivery);
            }
        };
    }

    /** What other clients publish has its topic in the routing key alone. */
    private Message arrived(Message message) {
        return message.topic().isEmpty() ? message.toBuilder().topic(topic).build() : message;
    }

    private void handle(Message message) throws Throwable {
        if (!message.topic().equals(topic)) {
            return; // Two texts that do not survive UTF-8 may share a routing key.
        }
        try {
            handler.handle(message);
        } catch (Throwable failure) {
            errors.handlers.increment();
            throw failure;
        }
    }
}
