package org.brokertck.cli.unsafe;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes one message after another, on a connection of its own that is opened anew when it broke. */
final class NaivePublisher {
    /** Sets up what a message is to be published to. */
    interface Topology {
        void declare(Channel channel) throws IOException;
    }

    private static final int CHECK_EVERY = 20;
    private static final int TRANSIENT = 1;
    private static final int PERSISTENT = 2;

    private final ConnectionFactory factory;
    private final Set<RabbitMqHabit> habits;
    private final long timeoutMillis;
    private @Nullable Connection connection;
    private @Nullable Channel channel;
    private volatile boolean returned;
    private int published;

    /** @param factory its connections do not recover by themselves, lest the confirm of one be taken for that of another */
    NaivePublisher(ConnectionFactory factory, Set<RabbitMqHabit> habits, long timeoutMillis) {
        this.factory = factory;
        this.habits = habits;
        this.timeoutMillis = timeoutMillis;
    }

    /** Returns when the server has the message, or when the habits say so. A message that comes back is sent once more. */
    void publish(String queue, Topology topology, long expirationMillis, byte[] body)
            throws IOException, TimeoutException, InterruptedException {
        if (isReturned(queue, expirationMillis, body)) {
            topology.declare(open());
            if (isReturned(queue, expirationMillis, body)) {
                throw new IOException("Nothing takes messages for " + queue);
            }
        }
    }

    /** Waits while the queue is long. To ask each time would take as long as a confirm: a few messages more do not matter. */
    synchronized void awaitShort(String queue, int length) throws IOException, TimeoutException {
        if (++published % CHECK_EVERY == 0) {
            Channel open = open();
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (open.messageCount(queue) > length && System.nanoTime() - deadline < 0) {
                // Each question takes its time.
            }
        }
    }

    synchronized void declare(Topology topology) throws IOException, TimeoutException {
        topology.declare(open());
    }

    synchronized void close() {
        if (connection != null) {
            connection.abort();
        }
    }

    private synchronized boolean isReturned(String queue, long expirationMillis, byte[] body)
            throws IOException, TimeoutException, InterruptedException {
        BasicProperties.Builder properties = new BasicProperties.Builder()
                .deliveryMode(habits.contains(RabbitMqHabit.TRANSIENT_MESSAGES) ? TRANSIENT : PERSISTENT);
        if (expirationMillis >= 0) {
            properties.expiration(Long.toString(expirationMillis));
        }
        Channel open = open();
        returned = false;
        open.basicPublish("", queue, !habits.contains(RabbitMqHabit.NOT_MANDATORY), properties.build(), body);
        if (!habits.contains(RabbitMqHabit.NO_CONFIRMS)) {
            open.waitForConfirmsOrDie(timeoutMillis);
        }
        // The server sends a message back before it confirms it.
        return returned;
    }

    private synchronized Channel open() throws IOException, TimeoutException {
        Channel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        close();
        Connection fresh = factory.newConnection("naive publisher");
        connection = fresh;
        Channel opened = fresh.createChannel();
        opened.addReturnListener(message -> returned = true);
        if (!habits.contains(RabbitMqHabit.NO_CONFIRMS)) {
            opened.confirmSelect();
        }
        channel = opened;
        return opened;
    }
}
