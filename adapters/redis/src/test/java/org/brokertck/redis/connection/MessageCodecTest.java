package org.brokertck.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    @Test
    void everyFieldComesBackButTheTopic() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("", "");
        headers.put("ключ", "\uD800 half");
        byte[] payload = new byte[256];
        for (int i = 0; i < 256; i++) {
            payload[i] = (byte) i;
        }
        Message message = Message.builder()
                .id("ид")
                .topic("other")
                .headers(headers)
                .payload(payload)
                .timestamp(Instant.ofEpochMilli(-5))
                .retries(3)
                .maxRetries(7)
                .build();

        assertThat(MessageCodec.decode(bytes(message)))
                .isEqualTo(message.toBuilder().topic("t.\uD800").build());
    }

    @Test
    void whatIsCutShortOrNotOursIsRefused() {
        byte[] bytes = bytes(Message.builder().payload(new byte[3]).build());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.decode(cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.decode(new byte[40]));
    }

    private static byte[] bytes(Message message) {
        return MessageCodec.encode("t.\uD800", message, HeaderCodec.encode(message.headers()));
    }
}
