package org.brokertck.rabbitmq.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.HeaderNames;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final int FRAME = 131_072;

    @Test
    void allFieldsComeBackEqual() {
        Message message = Message.builder()
                .id("id-1")
                .topic("orders.new")
                .payload(new byte[] {0, -1, (byte) 0xC3, 40})
                .headers(Map.of("x-trace", "a", "empty", "", "clé", "värde 漢字 😀"))
                .timestamp(Instant.parse("2026-01-02T03:04:05.678Z"))
                .retries(3)
                .maxRetries(7)
                .build();

        assertThat(roundTrip(message)).isEqualTo(message);
        assertThat(MessageCodec.encode(message).headers()).containsEntry("x-trace", "a");
    }

    @Test
    void aMessageOfNothingButDefaultsComesBackEqual() {
        Message message = Message.builder().build();

        assertThat(roundTrip(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CC", "BCC", "x-death", "x-brokertck-retries", "x-opt-a", "half \uD83D", "\uDE00 half"})
    void headersThatAmqpOrTheServerWouldMistakeComeBackEqual(String name) {
        Message message = Message.builder()
                .headers(Map.of(name, "value", "other", name))
                .payload(new byte[] {1, 2})
                .build();

        assertThat(roundTrip(message)).isEqualTo(message);
    }

    @Test
    void textsLongerThanAmqpAllowsComeBackEqual() {
        Message message = Message.builder()
                .id("é".repeat(128))
                .topic("t".repeat(65_536))
                .headers(Map.of("k".repeat(256), "v"))
                .build();

        assertThat(roundTrip(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "+1000000000-12-31T23:59:59.999Z"})
    void timestampsThatAmqpCannotCountComeBackEqual(String timestamp) {
        Message message = Message.builder().timestamp(Instant.parse(timestamp)).build();

        assertThat(roundTrip(message)).isEqualTo(message);
    }

    @Test
    void anyHeadersWithinTheLimitFitAFrame() {
        Message few = Message.builder().headers(Map.of("k", "v".repeat(65_535))).build();
        Message many = Message.builder().headers(manySmallHeaders()).build();

        MessageSizes.require(many);
        assertThat(roundTrip(few)).isEqualTo(few);
        assertThat(roundTrip(many)).isEqualTo(many);
    }

    @Test
    void whatIsOverTheLimitsIsRefused() {
        Message payload = Message.builder()
                .ownedPayload(new byte[MessageSizes.LIMITS.maxPayloadBytes() + 1])
                .build();
        Message headers =
                Message.builder().headers(Map.of("k", "ä".repeat(32_768))).build();

        assertThatThrownBy(() -> MessageSizes.require(payload))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("payload of 8388609");
        assertThatThrownBy(() -> MessageSizes.require(headers))
                .isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("headers of 65537");
    }

    @Test
    void aMessageOfAnotherClientGetsSensibleDefaults() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("text", LongStringHelper.asLongString("t"));
        headers.put("number", 5);
        headers.put("list", List.of(1));
        headers.put("nothing", null);
        headers.put("x-death", List.of(Map.of()));
        headers.put(HeaderNames.RETRIES, -4);
        headers.put(HeaderNames.MAX_RETRIES, "many");
        headers.put(HeaderNames.ENVELOPE, 99);
        BasicProperties properties = new BasicProperties.Builder()
                .headers(headers)
                .timestamp(Date.from(Instant.ofEpochSecond(5)))
                .build();

        Message message = MessageCodec.decode(properties, new byte[] {9});

        assertThat(message.headers()).isEqualTo(Map.of("text", "t", "number", "5"));
        assertThat(message.id()).isNotEmpty();
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(message.payload()).containsExactly(9);
        assertThat(message.retries()).isZero();
        assertThat(message.maxRetries()).isZero();
    }

    @Test
    void aMessageWithoutAnyPropertiesIsRead() {
        Message message = MessageCodec.decode(new BasicProperties(), "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(message.payload()).asString().isEqualTo("hello");
    }

    @Test
    void aDeadLetterComesBackEqual() {
        Message message = Message.builder()
                .headers(Map.of("a", "b"))
                .retries(2)
                .maxRetries(2)
                .build();
        DeadLetter letter = DeadLetter.of(message, new IllegalStateException("nö ".repeat(500)));

        EncodedMessage encoded = DeadLetterCodec.encode(letter);

        assertThat(DeadLetterCodec.decode(overTheWire(encoded), encoded.body())).isEqualTo(letter);
    }

    private static Map<String, String> manySmallHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        IntStream.range(0, 65_536 / 4).forEach(i -> headers.put("%04x".formatted(i), ""));
        return headers;
    }

    private static Message roundTrip(Message message) {
        EncodedMessage encoded = MessageCodec.encode(message);
        return MessageCodec.decode(overTheWire(encoded), encoded.body());
    }

    /** As the client library writes and reads them. */
    private static BasicProperties overTheWire(EncodedMessage encoded) {
        return Wire.copy(encoded.properties(), FRAME);
    }
}
