package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.rabbitmq.connection.AmqpValues;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.HeaderNames;

/**
 * A message held back until its next attempt is due.
 *
 * @param due by the wall clock, in milliseconds since 1970
 * @param delivery as the server handed it over, unacknowledged
 */
record WaitingMessage(long due, GetResponse delivery) {
    /** The earliest first, and of those due together the one that came first. */
    static final Comparator<WaitingMessage> BY_DUE_TIME =
            Comparator.comparingLong(WaitingMessage::due).thenComparingLong(WaitingMessage::tag);

    static WaitingMessage of(GetResponse delivery) {
        Map<String, Object> headers = delivery.getProps().getHeaders();
        return new WaitingMessage(headers == null ? 0 : AmqpValues.number(headers, HeaderNames.DUE), delivery);
    }

    long tag() {
        return delivery.getEnvelope().getDeliveryTag();
    }

    int size() {
        return delivery.getBody().length;
    }

    BasicProperties properties() {
        return delivery.getProps();
    }

    /** What returns to the queue: the message as it is, but for the time. */
    EncodedMessage released() {
        BasicProperties properties = delivery.getProps();
        Map<String, Object> headers = new LinkedHashMap<>();
        if (properties.getHeaders() != null) {
            headers.putAll(properties.getHeaders());
        }
        headers.remove(HeaderNames.DUE);
        return new EncodedMessage(headers, properties, delivery.getBody());
    }
}
