package org.brokertck.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;

/** Dead letters to AMQP and back: a message with three more headers. */
final class DeadLetterCodec {
    // Class names have no limit of their own, a header frame has.
    private static final int LONGEST_TYPE = 1024;

    private DeadLetterCodec() {}

    static EncodedMessage encode(DeadLetter letter) {
        EncodedMessage encoded = MessageCodec.encode(letter.message());
        String type = letter.failureType();
        encoded.headers().put(HeaderNames.ATTEMPTS, letter.attempts());
        encoded.headers()
                .put(HeaderNames.FAILURE_TYPE, type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE));
        encoded.headers().put(HeaderNames.FAILURE_TEXT, letter.failureText());
        return encoded;
    }

    static DeadLetter decode(BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Message message = MessageCodec.decode(properties, body);
        int attempts = Math.max(1, AmqpValues.count(headers, HeaderNames.ATTEMPTS, message.retries() + 1));
        return new DeadLetter(
                message,
                attempts,
                AmqpValues.text(headers, HeaderNames.FAILURE_TYPE),
                AmqpValues.text(headers, HeaderNames.FAILURE_TEXT));
    }
}
