package org.brokertck.reference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.queue.InMemoryQueue;
import org.junit.jupiter.api.Test;

class SizeCheckTest {
    private final InMemoryQueue queue =
            InMemoryQueue.builder("limited").limits(new Limits(2000, 70_000)).open();

    @Test
    void takesUpToTheLimitsAndRefusesOneByteMore() {
        try (queue) {
            assertThatCode(() -> queue.produce(payload(2000))).doesNotThrowAnyException();
            assertThatCode(() -> queue.produce(header("é".repeat(34_999)))).doesNotThrowAnyException();

            assertThatThrownBy(() -> queue.produce(payload(2001)))
                    .isInstanceOf(MessageTooLargeException.class)
                    .hasMessageContaining("2001 payload bytes")
                    .hasMessageContaining("2000");
            assertThatThrownBy(() -> queue.produce(header("é".repeat(34_999) + "x")))
                    .isInstanceOf(MessageTooLargeException.class)
                    .hasMessageContaining("70001 header bytes");
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 0, 0, 0, 0));
        }
    }

    @Test
    void measuresEveryCharacterAsTheEncoderWrites() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(codePoint -> {
            String text = "a" + Character.toString(codePoint) + "é";
            assertThat(SizeCheck.utf8Length(text))
                    .as("U+%X", codePoint)
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        });
        assertThat(SizeCheck.utf8Length("\uD83D")).isEqualTo(1);
        assertThat(SizeCheck.utf8Length("\uDE00\uD83D")).isEqualTo(2);
    }

    private static Message payload(int size) {
        return Message.builder().payload(new byte[size]).build();
    }

    private static Message header(String value) {
        return Message.builder().headers(Map.of("kk", value)).build();
    }
}
