package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;

/** A message in the form that AMQP carries. */
public final class EncodedMessage {
    private final Map<String, Object> headers;
    private final BasicProperties properties;
    private final byte[] body;

    /**
     * @param headers the AMQP headers; whoever publishes may add to them
     * @param properties everything else that describes the body
     * @param body the payload, after an {@link TextEnvelope} where the headers say so
     */
    public EncodedMessage(Map<String, Object> headers, BasicProperties properties, byte[] body) {
        this.headers = headers;
        this.properties = properties;
        this.body = body;
    }

    public Map<String, Object> headers() {
        return headers;
    }

    /** The properties with the headers as they are now. */
    public BasicProperties properties() {
        return properties.builder().headers(headers).build();
    }

    public byte[] body() {
        return body;
    }
}
