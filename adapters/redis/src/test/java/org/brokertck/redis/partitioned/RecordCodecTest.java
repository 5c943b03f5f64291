package org.brokertck.redis.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.redis.connection.HeaderCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final RecordCodec.Origin ORIGIN = new RecordCodec.Origin(-3, 1L << 40);

    @Test
    void everyFieldComesBack() {
        for (String key : Arrays.asList(null, "", "ключ", "\uD800")) {
            KeyedMessage message = message(key);

            RecordCodec.Decoded decoded = RecordCodec.decode("t", 3, 5, 77, bytes(message));

            assertThat(decoded.record()).isEqualTo(PartitionRecord.of("t", new Position(3, 5), 77, message));
            assertThat(decoded.origin()).isEqualTo(ORIGIN);
        }
    }

    @Test
    void whatIsCutShortOrNotOursIsRefused() {
        byte[] bytes = bytes(message("k"));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.decode("t", 0, 0, 0, cut));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.decode("t", 0, 0, 0, new byte[40]));
    }

    private static KeyedMessage message(@Nullable String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("", "");
        headers.put("z", "\uD800 half");
        headers.put("a", "é");
        return KeyedMessage.of(key, new byte[] {0, -1, 127}, headers);
    }

    private static byte[] bytes(KeyedMessage message) {
        return RecordCodec.encode(ORIGIN, message, HeaderCodec.encode(message.headers()));
    }
}
