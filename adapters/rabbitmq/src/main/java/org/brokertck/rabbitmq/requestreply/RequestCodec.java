package org.brokertck.rabbitmq.requestreply;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.FailureHeaders;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.jspecify.annotations.Nullable;

/** Requests, replies and failures to AMQP and back. A failure is a message without a body whose headers tell it. */
final class RequestCodec {
    /** The longest expiry that the server takes: 2^32 - 1 ms, some 49 days. */
    private static final long LONGEST_EXPIRY = 0xFFFF_FFFFL;

    private static final int NOT_PERSISTENT = 1;

    private RequestCodec() {}

    /** A request that waits no longer for a responder than its requester for the reply. */
    static EncodedMessage request(Message request, long number, Duration timeout) {
        EncodedMessage encoded = MessageCodec.encode(request);
        BasicProperties.Builder properties = encoded.properties()
                .builder()
                .deliveryMode(NOT_PERSISTENT)
                .correlationId(Long.toString(number))
                .replyTo(ReplyIntake.ADDRESS);
        long millis = timeout.plusNanos(999_999).toMillis();
        if (millis <= LONGEST_EXPIRY) {
            properties.expiration(Long.toString(millis));
        }
        return new EncodedMessage(encoded.headers(), properties.build(), encoded.body());
    }

    static EncodedMessage reply(Message reply, @Nullable String number) {
        EncodedMessage encoded = MessageCodec.encode(reply);
        return answer(encoded, number);
    }

    static EncodedMessage failure(Failure failure, @Nullable String number) {
        EncodedMessage encoded = MessageCodec.encode(Message.builder().build());
        FailureHeaders.put(encoded.headers(), failure.type(), failure.text());
        return answer(encoded, number);
    }

    private static EncodedMessage answer(EncodedMessage encoded, @Nullable String number) {
        BasicProperties properties = encoded.properties()
                .builder()
                .deliveryMode(NOT_PERSISTENT)
                .correlationId(number)
                .build();
        return new EncodedMessage(encoded.headers(), properties, encoded.body());
    }

    /** The number of the request that this answers; -1 where there is none. */
    static long number(BasicProperties properties) {
        try {
            return Long.parseLong(String.valueOf(properties.getCorrelationId()));
        } catch (NumberFormatException notOurs) {
            return -1;
        }
    }

    /** The failure that came instead of a reply; null when this is a reply. */
    static @Nullable Failure failure(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        return headers != null && FailureHeaders.in(headers)
                ? new Failure(FailureHeaders.type(headers), FailureHeaders.text(headers))
                : null;
    }
}
