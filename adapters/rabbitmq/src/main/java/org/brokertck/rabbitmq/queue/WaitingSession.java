package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Ledger;

/**
 * Waiting messages taken from the server on one channel and not yet acknowledged. When it ends, whatever it still holds is
 * back on the server.
 */
final class WaitingSession {
    private static final int MOST_MESSAGES = 20_000;
    private static final long MOST_BYTES = 64L << 20;
    // Servers close a channel that keeps a message unacknowledged for long, by default for half an hour.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    // Those sent and not confirmed when a connection is lost are all sent again, so they are kept few.
    private static final int BATCH = 8;
    private static final long ALL = 0;

    private final Topology topology;
    private final Ledger ledger;
    private final Channel channel;
    private final PriorityQueue<WaitingMessage> held = new PriorityQueue<>(WaitingMessage.BY_DUE_TIME);
    private final Deadline age = Deadline.in(LONGEST);
    private long bytes;

    WaitingSession(Connection connection, Topology topology, Ledger ledger) throws IOException {
        this.topology = topology;
        this.ledger = ledger;
        this.channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        topology.declare(channel);
    }

    /** Whether it can go on. */
    boolean isOpen() {
        return channel.isOpen() && !age.passed();
    }

    /** Takes what waits on the server, as far as there is room for it here. */
    void take() throws IOException {
        while (held.size() < MOST_MESSAGES && bytes < MOST_BYTES) {
            GetResponse next = channel.basicGet(topology.waiting(), false);
            if (next == null) {
                return;
            }
            WaitingMessage message = WaitingMessage.of(next);
            if (ledger.acknowledgements().repeated(next.getEnvelope(), next.getProps())) {
                acknowledge(message);
            } else {
                held.add(message);
                bytes += message.size();
            }
        }
    }

    /** A few of those that are due, in order; from here on they are the caller's to acknowledge. */
    List<WaitingMessage> due() {
        List<WaitingMessage> due = new ArrayList<>();
        WaitingMessage next = held.peek();
        while (due.size() < BATCH && next != null && DueTime.left(next.due()) <= 0) {
            due.add(next);
            held.remove();
            bytes -= next.size();
            next = held.peek();
        }
        return due;
    }

    /** The milliseconds until the next one is due, but no more than {@code most}. */
    long millisToNext(long most) {
        WaitingMessage next = held.peek();
        return next == null ? most : Math.min(most, Math.max(0, DueTime.left(next.due())));
    }

    /** The message is in the queue again. */
    void acknowledge(WaitingMessage message) throws IOException {
        ledger.acknowledgements().add(message.properties());
        channel.basicAck(message.tag(), false);
    }

    /**
     * Gives back what is held.
     *
     * @throws IOException when the server does not answer
     * @throws TimeoutException when the server does not answer
     */
    void close() throws IOException, TimeoutException {
        try {
            channel.basicNack(ALL, true, true);
            channel.close();
        } catch (AlreadyClosedException gone) {
            // Then the server takes everything back by itself.
            held.clear();
        }
    }
}
