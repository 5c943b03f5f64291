package org.brokertck.rabbitmq.queue;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.rabbitmq.connection.AmqpValues;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.FailureHeaders;
import org.brokertck.rabbitmq.connection.HeaderNames;
import org.brokertck.rabbitmq.connection.MessageCodec;

/** Dead letters to AMQP and back: a message with three more headers. */
final class DeadLetterCodec {
    private DeadLetterCodec() {}

    static EncodedMessage encode(DeadLetter letter) {
        EncodedMessage encoded = MessageCodec.encode(letter.message());
        encoded.headers().put(HeaderNames.ATTEMPTS, letter.attempts());
        FailureHeaders.put(encoded.headers(), letter.failureType(), letter.failureText());
        return encoded;
    }

    static DeadLetter decode(BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Message message = MessageCodec.decode(properties, body);
        int attempts = Math.max(1, AmqpValues.count(headers, HeaderNames.ATTEMPTS, message.retries() + 1));
        return new DeadLetter(message, attempts, FailureHeaders.type(headers), FailureHeaders.text(headers));
    }
}
