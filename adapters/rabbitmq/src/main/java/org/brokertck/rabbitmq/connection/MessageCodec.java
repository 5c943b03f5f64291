package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.api.message.Message;

/**
 * Messages to AMQP and back. The user's headers are AMQP headers of the same names, id and timestamp are the AMQP
 * properties of that meaning, and the rest is in headers of the prefix {@code x-brokertck-}; a message that does not fit
 * so travels in an {@link TextEnvelope}. What some other client sent is read as far as it goes.
 */
public final class MessageCodec {
    private static final int PERSISTENT = 2;
    private static final long LAST_SECOND_OF_YEAR_9999 = 253_402_300_799L;

    private MessageCodec() {}

    /** The message as AMQP carries it, with {@link Message#retries()} as it is. */
    public static EncodedMessage encode(Message message) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(HeaderNames.RETRIES, message.retries());
        headers.put(HeaderNames.MAX_RETRIES, message.maxRetries());
        // The AMQP timestamp counts seconds; the text keeps the milliseconds, and years that AMQP cannot count.
        headers.put(HeaderNames.TIMESTAMP, message.timestamp().toString());
        BasicProperties.Builder properties = new BasicProperties.Builder().deliveryMode(PERSISTENT);
        long seconds = message.timestamp().getEpochSecond();
        if (seconds >= 0 && seconds <= LAST_SECOND_OF_YEAR_9999) {
            properties.timestamp(Date.from(message.timestamp()));
        }
        byte[] body = message.payload();
        if (MessageSizes.fitAmqp(message)) {
            properties.messageId(message.id());
            headers.put(HeaderNames.TOPIC, message.topic());
            headers.putAll(message.headers());
        } else {
            byte[] envelope = new TextEnvelope(message.id(), message.topic(), message.headers()).toBytes();
            headers.put(HeaderNames.ENVELOPE, envelope.length);
            body = concatenate(envelope, body);
        }
        return new EncodedMessage(headers, properties.build(), body);
    }

    /** The message that arrived. Never throws: a consumer must outlive whatever others put into its queue. */
    public static Message decode(BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        if (headers.get(HeaderNames.ENVELOPE) instanceof Number length) {
            try {
                return enveloped(properties, headers, body, length.intValue());
            } catch (IllegalArgumentException notOurs) {
                // Somebody else's header of that name: the body is then all payload.
                return plain(properties, headers, body);
            }
        }
        return plain(properties, headers, body);
    }

    private static Message plain(BasicProperties properties, Map<String, Object> headers, byte[] body) {
        Message.Builder builder = common(properties, headers).ownedPayload(body);
        String id = properties.getMessageId();
        if (id != null && !id.isEmpty()) {
            builder.id(id);
        }
        return builder.topic(AmqpValues.text(headers, HeaderNames.TOPIC))
                .headers(AmqpValues.userHeaders(headers))
                .build();
    }

    private static Message enveloped(BasicProperties properties, Map<String, Object> headers, byte[] body, int length) {
        TextEnvelope envelope = TextEnvelope.of(body, length);
        return common(properties, headers)
                .ownedPayload(Arrays.copyOfRange(body, length, body.length))
                .id(envelope.id())
                .topic(envelope.topic())
                .headers(envelope.headers())
                .build();
    }

    private static Message.Builder common(BasicProperties properties, Map<String, Object> headers) {
        Date seconds = properties.getTimestamp();
        Instant otherwise = seconds == null ? Instant.now() : seconds.toInstant();
        return Message.builder()
                .timestamp(AmqpValues.instant(headers, HeaderNames.TIMESTAMP, otherwise))
                .retries(AmqpValues.count(headers, HeaderNames.RETRIES, 0))
                .maxRetries(AmqpValues.count(headers, HeaderNames.MAX_RETRIES, 0));
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
