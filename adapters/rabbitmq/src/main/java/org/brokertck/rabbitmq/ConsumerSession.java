package org.brokertck.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
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
    private static final long ALL = 0;

    private final Channel channel;
    private final String tag;
    private final Ledger ledger;
    private final BlockingQueue<Optional<Delivery>> deliveries = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    ConsumerSession(Connection connection, Topology topology, Ledger ledger) throws IOException {
        this.ledger = ledger;
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

    /** The next delivery that is not settled; null when {@link #wake} was called or the session ended meanwhile. */
    @Nullable
    Delivery next() throws IOException, InterruptedException {
        while (true) {
            Delivery next = deliveries.take().orElse(null);
            if (next == null || !ledger.wasAcknowledged(next.content().getEnvelope(), next.properties())) {
                return next;
            }
            acknowledge(next);
        }
    }

    /** Makes {@link #next} return. */
    void wake() {
        deliveries.add(Optional.empty());
    }

    /** The message is settled. */
    void acknowledge(Delivery delivery) throws IOException {
        ledger.acknowledges(delivery.properties());
        try {
            channel.basicAck(delivery.tag(), false);
        } catch (IOException | RuntimeException notSent) {
            // It is not settled then, and shall be attempted again.
            ledger.didNotAcknowledge(delivery.properties());
            throw notSent;
        }
    }

    /**
     * Ends the subscription; what was delivered and not acknowledged is on its way back to its place before anybody can
     * subscribe next.
     *
     * @throws IOException when the server does not answer
     * @throws TimeoutException when the server does not answer
     */
    void close() throws IOException, TimeoutException {
        try {
            channel.basicCancel(tag);
            // Said outright: at the end of a channel the server takes things back too, but only some time later.
            channel.basicNack(ALL, true, true);
            channel.close();
        } catch (AlreadyClosedException gone) {
            // Then the server takes everything back by itself.
            end();
        }
    }

    private void end() {
        ended = true;
        wake();
    }
}
