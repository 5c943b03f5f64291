package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.HeaderCodec;
import org.brokertck.redis.connection.TextCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
    private static final Message MESSAGE = Message.builder()
            .id("id")
            .topic("")
            .timestamp(Instant.ofEpochMilli(-1))
            .headers(Map.of("", "", "k", "v"))
            .payload(new byte[] {0, -1, 13, 10})
            .maxRetries(Integer.MAX_VALUE)
            .build();

    @Test
    void aMessageComesBackEqualButForItsRetries() {
        Entry entry = entry(fields(MESSAGE.withRetries(5)));

        assertThat(EntryCodec.message(entry)).isEqualTo(MESSAGE);
        assertThat(EntryCodec.by(entry)).isEqualTo("token");
    }

    @Test
    void aDeadLetterComesBackEqual() {
        DeadLetter letter = DeadLetter.of(MESSAGE, new IllegalStateException("half \uDC00"));
        List<byte[]> fields = fields(MESSAGE);
        fields.addAll(EntryCodec.failure(letter));

        assertThat(EntryCodec.deadLetter(entry(fields))).isEqualTo(letter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ü€😀", "\uD800", "a\uDC00b", "\uFFFF\u0000", "\uDBFF\uDBFF"})
    void anyTextComesBackEqual(String text) {
        assertThat(TextCodec.decode(TextCodec.encode(text))).isEqualTo(text);
        assertThat(HeaderCodec.decode(HeaderCodec.encode(Map.of(text, text)))).isEqualTo(Map.of(text, text));
    }

    @Test
    void refusesWhatItDidNotMake() {
        byte[] headers = HeaderCodec.encode(Map.of("k", "v"));
        for (int length = 1; length < headers.length; length++) {
            byte[] cut = Arrays.copyOf(headers, length);
            assertThatIllegalArgumentException().isThrownBy(() -> HeaderCodec.decode(cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TextCodec.decode(new byte[] {(byte) 0xC3}));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryCodec.message(new Entry("1-1", Map.of())));
        for (int field = 0; field < 14; field += 2) {
            List<byte[]> fields = fields(MESSAGE);
            fields.subList(field, field + 2).clear();
            assertThatIllegalArgumentException().isThrownBy(() -> EntryCodec.message(entry(fields)));
        }
    }

    private static List<byte[]> fields(Message message) {
        return new ArrayList<>(EntryCodec.encode(message, HeaderCodec.encode(message.headers()), "token"));
    }

    private static Entry entry(List<byte[]> fields) {
        Map<String, byte[]> map = new HashMap<>();
        for (int i = 0; i < fields.size(); i += 2) {
            map.put(Bytes.text(fields.get(i)), fields.get(i + 1));
        }
        return new Entry("1-1", map);
    }
}
