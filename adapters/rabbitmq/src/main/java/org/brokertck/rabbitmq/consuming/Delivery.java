package org.brokertck.rabbitmq.consuming;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * A message that the server has handed over and not seen acknowledged.
 *
 * @param content as the client library gives it
 */
public record Delivery(com.rabbitmq.client.Delivery content) {
    long tag() {
        return content.getEnvelope().getDeliveryTag();
    }

    public BasicProperties properties() {
        return content.getProperties();
    }

    public byte[] body() {
        return content.getBody();
    }
}
