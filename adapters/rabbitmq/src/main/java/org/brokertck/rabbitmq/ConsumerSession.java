package org.brokertck.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One subscription on one channel, from the moment it is made until its channel ends. A delivery belongs to its session,
 * so that one from before a reconnection can never acknowledge something else on the channel that came after.
 */
final class ConsumerSession {
    /** A message that the server has handed over and not seen acknowledged. */
    record Delivery(com.rabbitmq.client.Delivery content) {
        long tag() {
            return content.getEnvelope().getDeliveryTag();
        }

        BasicProperties properties() {
            return content.getProperties();
        }

        byte[] body() {
            return content.getBody();
        }
    }

    // Each consumer holds one message: what it has not begun is the others' (rule Q-6).
    private static final int PREFETCH = 1;

    private final Channel channel;
    private final String tag;
    private final BlockingQueue<Optional<Delivery>> deliveries = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    ConsumerSession(Connection connection, Topology topology) throws IOException {
        channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        channel.addShutdownListener(cause -> end());
        topology.declare(channel);
        channel.basicQos(PREFETCH);
        tag = channel.basicConsume(
                topology.name(),
                false,
                (consumerTag, delivery) -> deliveries.add(Optional.of(new Delivery(delivery))),
                // The server cancels a consumer whose queue was deleted.
                consumerTag -> end());
    }

    /** Whether deliveries can still come and be acknowledged. */
    boolean isOpen() {
        return !ended && channel.isOpen();
    }

    /** The next delivery; null when {@link #wake} was called or the session ended meanwhile. */
    @Nullable
    Delivery next() throws InterruptedException {
        return deliveries.take().orElse(null);
    }

    /** Makes {@link #next} return. */
    void wake() {
        deliveries.add(Optional.empty());
    }

    /** The message is settled. */
    void acknowledge(Delivery delivery) throws IOException {
        channel.basicAck(delivery.tag(), false);
    }

    /** Ends the subscription; what was delivered and not acknowledged returns to its place before this returns. */
    void close() {
        try {
            if (isOpen()) {
                channel.basicCancel(tag);
            }
            channel.close();
        } catch (IOException | TimeoutException | RuntimeException alreadyGone) {
            abort();
        }
    }

    /** Ends the channel without asking nicely; the server then returns what was not acknowledged. */
    void abort() {
        try {
            channel.abort();
        } catch (IOException | RuntimeException alreadyGone) {
            // The connection is gone, and the channel with it.
            end();
        }
    }

    private void end() {
        ended = true;
        wake();
    }
}
