package org.brokertck.rabbitmq.consuming;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.brokertck.rabbitmq.connection.Acknowledgements;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * One subscription on one channel, from the moment it is made until its channel ends. A delivery belongs to its session,
 * so that one from before a reconnection can never acknowledge something else on the channel that came after.
 */
public final class ConsumerSession {
    private static final String DEFAULT_EXCHANGE = "";
    private static final long ALL = 0;

    private final Source source;
    private final Acknowledgements acknowledgements;
    private final Channel channel;
    private final String tag;
    private final BlockingQueue<Optional<Delivery>> deliveries = new LinkedBlockingQueue<>();
    private boolean cancelled;
    private volatile boolean ended;

    ConsumerSession(Connection connection, Source source, Acknowledgements acknowledgements) throws IOException {
        this.source = source;
        this.acknowledgements = acknowledgements;
        channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        channel.addShutdownListener(cause -> end());
        source.declare(channel);
        channel.basicQos(source.prefetch());
        tag = channel.basicConsume(
                source.queue(),
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
            if (next == null || !acknowledgements.repeated(next.content().getEnvelope(), next.properties())) {
                return next;
            }
            acknowledge(next);
        }
    }

    /** Makes {@link #next} return. */
    void wake() {
        deliveries.add(Optional.empty());
    }

    /** Sends a message to a queue, ahead of any acknowledgement that follows. Nobody is told whether it arrives. */
    public void send(String queue, EncodedMessage message) throws IOException {
        try {
            channel.basicPublish(DEFAULT_EXCHANGE, queue, message.properties(), message.body());
        } catch (AlreadyClosedException gone) {
            throw new IOException(gone);
        }
    }

    /** The message is settled. */
    public void acknowledge(Delivery delivery) throws IOException {
        acknowledgements.add(delivery.properties());
        try {
            channel.basicAck(delivery.tag(), false);
        } catch (IOException | RuntimeException notSent) {
            // It is not settled then, and shall be attempted again.
            acknowledgements.remove(delivery.properties());
            throw notSent;
        }
    }

    /** Takes nothing more; what was taken may still be settled. */
    synchronized void cancel() throws IOException {
        if (!cancelled) {
            cancelled = true;
            channel.basicCancel(tag);
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
        close(true, false);
    }

    /** As {@link #close}, where no session follows. */
    void leave() throws IOException, TimeoutException {
        close(true, true);
    }

    /** As {@link #leave}, while a handler still runs that nobody waits for any more. */
    void forsake() throws IOException, TimeoutException {
        close(source.returnsUnfinished(), true);
    }

    private void close(boolean requeue, boolean last) throws IOException, TimeoutException {
        try {
            cancel();
            // Said outright: at the end of a channel the server takes things back too, but only some time later.
            channel.basicNack(ALL, true, requeue);
            if (last) {
                source.leave(channel);
            }
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
