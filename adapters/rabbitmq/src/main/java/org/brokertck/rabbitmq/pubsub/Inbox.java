package org.brokertck.rabbitmq.pubsub;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * The queue of one instance, from the moment it is made until its channel ends, and it with it. One thread uses it; what arrives is
 * told on another one, in order.
 */
final class Inbox {
    private static final String MARKER = "brokertck-marker";
    /** Only this connection sees it, and it goes with the connection. */
    private static final String NAMED_BY_THE_SERVER = "";

    private final Channel channel;
    private final String exchange;
    private final String queue;

    /**
     * Makes the queue and its bindings; nothing is received yet.
     *
     * @param onEnd is run when nothing will arrive any more
     */
    Inbox(Connection connection, TopicExchange exchange, Collection<String> keys, Runnable onEnd) throws IOException {
        this.exchange = exchange.name();
        channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        channel.addShutdownListener(cause -> onEnd.run());
        exchange.declare(channel);
        queue = channel.queueDeclare(NAMED_BY_THE_SERVER, false, true, true, null)
                .getQueue();
        for (String key : keys) {
            bind(key);
        }
        // Answered when the bindings before it are there.
        exchange.declare(channel);
    }

    /**
     * Begins to receive.
     *
     * @param onMarker is told of each marker
     * @param onMessage is told of everything else
     */
    void receive(LongConsumer onMarker, java.util.function.Consumer<Delivery> onMessage) throws IOException {
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> {
                    BasicProperties properties = delivery.getProperties();
                    if (MARKER.equals(properties.getType())) {
                        onMarker.accept(Long.parseLong(properties.getCorrelationId()));
                    } else {
                        onMessage.accept(delivery);
                    }
                },
                // The server cancels a consumer whose queue was deleted.
                tag -> channel.abort());
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Adds a binding, without waiting: whatever is sent on this channel later comes after it. */
    void bind(String key) throws IOException {
        channel.queueBindNoWait(queue, exchange, key, null);
    }

    /** Takes a binding away. */
    void unbind(String key) throws IOException {
        channel.queueUnbind(queue, exchange, key);
    }

    /** Sends a marker that arrives behind everything that was published so far, and once the bindings so far are there. */
    void mark(long number) throws IOException {
        BasicProperties properties = new BasicProperties.Builder()
                .type(MARKER)
                .correlationId(Long.toString(number))
                .build();
        channel.basicPublish("", queue, properties, new byte[0]);
    }

    /**
     * Ends it.
     *
     * @throws IOException when the server does not answer
     * @throws TimeoutException when the server does not answer
     */
    void close() throws IOException, TimeoutException {
        try {
            channel.queueDelete(queue);
            channel.close();
        } catch (AlreadyClosedException gone) {
            // Then it is over already.
            return;
        }
    }
}
