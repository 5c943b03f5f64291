package org.brokertck.rabbitmq.requestreply;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.Map;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.junit.jupiter.api.Test;

class RequestCodecTest {
    private final Message message =
            Message.builder().topic("order.price").retries(7).maxRetries(9).build();

    @Test
    void aRequestTellsWhereItsReplyGoesAndWhenItsTimeIsUp() {
        BasicProperties properties =
                RequestCodec.request(message, 42, Duration.ofMillis(1500)).properties();

        assertThat(properties.getReplyTo()).isEqualTo("amq.rabbitmq.reply-to");
        assertThat(RequestCodec.number(properties)).isEqualTo(42);
        assertThat(properties.getExpiration()).isEqualTo("1500");
        assertThat(properties.getDeliveryMode()).isEqualTo(1);
    }

    @Test
    void aRequestNeverExpiresBeforeItsTimeout() {
        assertThat(expiration(Duration.ofNanos(1))).isEqualTo("1");
        assertThat(expiration(Duration.ofNanos(2_000_001))).isEqualTo("3");
        assertThat(expiration(Duration.ofDays(365))).isNull();
    }

    private String expiration(Duration timeout) {
        return RequestCodec.request(message, 1, timeout).properties().getExpiration();
    }

    @Test
    void aReplyComesBackEqual() {
        EncodedMessage reply = RequestCodec.reply(message, "42");

        assertThat(RequestCodec.failure(reply.properties())).isNull();
        assertThat(MessageCodec.decode(reply.properties(), reply.body())).isEqualTo(message);
    }

    @Test
    void aFailureComesBackEqual() {
        Failure failure = new Failure("java.lang.IllegalStateException", "«Ошибка» 漢字");
        BasicProperties properties = RequestCodec.failure(failure, "42").properties();

        assertThat(RequestCodec.failure(properties)).isEqualTo(failure);
        assertThat(RequestCodec.number(properties)).isEqualTo(42);
    }

    @Test
    void aReplyWithTheHeadersOfAFailureIsNone() {
        Message reply = Message.builder()
                .headers(Map.of("x-brokertck-failure-type", "not one"))
                .build();

        assertThat(RequestCodec.failure(RequestCodec.reply(reply, "1").properties()))
                .isNull();
    }

    @Test
    void whatIsNoAnswerOfOursHasNoNumber() {
        assertThat(RequestCodec.number(new BasicProperties())).isEqualTo(-1);
        assertThat(RequestCodec.number(
                        new BasicProperties.Builder().correlationId("x").build()))
                .isEqualTo(-1);
    }
}
