package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.partitioned.Position;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.Publication;

/** A record that is to be produced: from its call until it was read back, or given up. */
final class Pending {
    private static final BasicProperties PROPERTIES =
            new BasicProperties.Builder().deliveryMode(2).build();

    final String topic;
    final int partition;
    final long number;
    final int valueSize;
    final long begun = System.nanoTime();
    /** Until when the server has time. */
    final long until;

    final Publication publication;
    final CompletableFuture<Position> outcome = new CompletableFuture<>();
    private volatile boolean shared;

    Pending(String topic, int partition, long number, int valueSize, long nanos, String stream, byte[] body) {
        this.topic = topic;
        this.partition = partition;
        this.number = number;
        this.valueSize = valueSize;
        this.until = begun + nanos < 0 && begun > 0 ? Long.MAX_VALUE : begun + nanos;
        this.publication = new Publication(stream, new EncodedMessage(new LinkedHashMap<>(), PROPERTIES, body));
    }

    /** Whether the caller has its future, on which anything may hang. */
    boolean isShared() {
        return shared;
    }

    void share() {
        shared = true;
    }

    @Override
    public String toString() {
        return "a record to topic '" + topic + "'";
    }
}
