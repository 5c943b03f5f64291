package org.brokertck.api.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is produced is a value that nobody can change from outside. */
class KeyedMessageTest {
    private static final byte[] VALUE = {1, 0, -1};

    @Test
    void holdsWhatItWasMadeFrom() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("z", "");
        headers.put("a", "é");
        KeyedMessage message = KeyedMessage.of("key", VALUE, headers);

        assertThat(message.key()).isEqualTo("key");
        assertThat(message.value()).isEqualTo(VALUE);
        assertThat(message.valueSize()).isEqualTo(3);
        assertThat(message.headers()).isUnmodifiable().containsExactlyEntriesOf(headers);
    }

    @Test
    void keyValueAndHeadersMayBeMissing() {
        KeyedMessage message = KeyedMessage.of(null, new byte[0]);

        assertThat(message.key()).isNull();
        assertThat(message.value()).isEmpty();
        assertThat(message.headers()).isEmpty();
        assertThat(KeyedMessage.of("", VALUE).key()).isEmpty();
    }

    @Test
    void isIsolatedFromWhatItWasMadeFromAndFromWhatItGivesOut() {
        byte[] value = VALUE.clone();
        Map<String, String> headers = new HashMap<>(Map.of("k", "v"));
        KeyedMessage message = KeyedMessage.of("key", value, headers);

        value[0] = 9;
        message.value()[1] = 9;
        headers.put("k", "w");

        assertThat(message).isEqualTo(KeyedMessage.of("key", VALUE, Map.of("k", "v")));
    }

    @Test
    void isEqualWhenAllFieldsAre() {
        KeyedMessage message = KeyedMessage.of("key", VALUE, Map.of("k", "v"));

        assertThat(message)
                .hasSameHashCodeAs(KeyedMessage.of("key", VALUE, Map.of("k", "v")))
                .isNotEqualTo(KeyedMessage.of(null, VALUE, Map.of("k", "v")))
                .isNotEqualTo(KeyedMessage.of("kei", VALUE, Map.of("k", "v")))
                .isNotEqualTo(KeyedMessage.of("key", new byte[] {1, 0}, Map.of("k", "v")))
                .isNotEqualTo(KeyedMessage.of("key", VALUE))
                .isNotEqualTo("key");
    }

    @Test
    void itsTextShowsNoContents() {
        assertThat(KeyedMessage.of("key", VALUE, Map.of("secret", "word")))
                .hasToString("KeyedMessage[key=key, value=3 bytes, headers=1]");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> KeyedMessage.of("k", null))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> KeyedMessage.of("k", VALUE, null))
                .withMessage("headers");
        assertThatNullPointerException()
                .isThrownBy(() -> KeyedMessage.of("k", VALUE, Collections.singletonMap(null, "v")))
                .withMessage("a key in headers");
        assertThatNullPointerException()
                .isThrownBy(() -> KeyedMessage.of("k", VALUE, Collections.singletonMap("h", null)))
                .withMessage("the value of header 'h'");
    }
}
