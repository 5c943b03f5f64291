package org.brokertck.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.Method;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A message is a value that nobody can change, and its builder refuses what is no message. */
class MessageTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Message.Builder full() {
        return Message.builder()
                .id("id-1")
                .topic("a.b")
                .payload(new byte[] {1, 2, 3})
                .headers(Map.of("key", "value"))
                .timestamp(TIME)
                .retries(1)
                .maxRetries(2);
    }

    @Test
    void itHasWhatItWasBuiltWith() {
        Message message = full().build();
        assertThat(message.id()).isEqualTo("id-1");
        assertThat(message.topic()).isEqualTo("a.b");
        assertThat(message.payload()).containsExactly(1, 2, 3);
        assertThat(message.payloadSize()).isEqualTo(3);
        assertThat(message.headers()).isEqualTo(Map.of("key", "value"));
        assertThat(message.timestamp()).isEqualTo(TIME);
        assertThat(message.retries()).isEqualTo(1);
        assertThat(message.maxRetries()).isEqualTo(2);
    }

    @Test
    void defaults() {
        Instant before = Instant.now().minusMillis(1);
        Message message = Message.builder().build();
        assertThat(message.id())
                .isNotEmpty()
                .isNotEqualTo(Message.builder().build().id());
        assertThat(message.topic()).isEmpty();
        assertThat(message.payload()).isEmpty();
        assertThat(message.headers()).isEmpty();
        assertThat(message.timestamp()).isBetween(before, Instant.now());
        assertThat(message.retries()).isZero();
        assertThat(message.maxRetries()).isZero();
    }

    @Test
    void theTimestampIsCutToTheMillisecond() {
        assertThat(full().timestamp(TIME.plusNanos(999_999)).build().timestamp())
                .isEqualTo(TIME);
    }

    @Test
    void theArrayThatItWasBuiltFromIsItsOwnNoMore() {
        byte[] payload = {1, 2, 3};
        Message message = full().payload(payload).build();
        payload[0] = 9;
        assertThat(message.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void theArrayThatItGivesOutIsACopy() {
        Message message = full().build();
        message.payload()[0] = 9;
        assertThat(message.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void theBufferThatItGivesOutIsReadOnlyAndFresh() {
        Message message = full().build();
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> message.payloadBuffer().put((byte) 9));
        message.payloadBuffer().get();
        assertThat(message.payloadBuffer().remaining()).isEqualTo(3);
    }

    @Test
    void theMapThatItWasBuiltFromIsItsOwnNoMore() {
        Map<String, String> headers = new HashMap<>(Map.of("key", "value"));
        Message message = full().headers(headers).build();
        headers.put("key", "other");
        headers.put("more", "");
        assertThat(message.headers()).isEqualTo(Map.of("key", "value"));
    }

    @Test
    void theMapThatItGivesOutCannotBeChanged() {
        Message message = full().build();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> message.headers().put("key", "other"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> message.headers().entrySet().iterator().next().setValue("other"));
    }

    @Test
    void headersKeepTheirOrder() {
        Map<String, String> headers = new LinkedHashMap<>();
        List.of("z", "a", "m").forEach(it -> headers.put(it, ""));
        assertThat(full().headers(headers).build().headers().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void anOwnedPayloadIsNotCopied() {
        byte[] payload = {1, 2, 3};
        Message message = full().ownedPayload(payload).build();
        payload[0] = 9;
        assertThat(message.payload()).containsExactly(9, 2, 3);
    }

    @Test
    void aBuilderThatIsUsedOnChangesNoMessageBuiltBefore() {
        Message.Builder builder = full();
        Message first = builder.build();
        Message second = builder.id("id-2").payload(new byte[0]).build();
        assertThat(first).isEqualTo(full().build());
        assertThat(second.id()).isEqualTo("id-2");
    }

    @Test
    void equalWhenAllSevenFieldsAre() {
        assertThat(full().build())
                .isEqualTo(full().build())
                .hasSameHashCodeAs(full().build())
                .isEqualTo(full().build().toBuilder().build());
        List<UnaryOperator<Message.Builder>> changes = List.of(
                it -> it.id("id-2"),
                it -> it.topic("a.c"),
                it -> it.payload(new byte[] {1, 2, 4}),
                it -> it.headers(Map.of("key", "other")),
                it -> it.timestamp(TIME.plusMillis(1)),
                it -> it.retries(0),
                it -> it.maxRetries(3));
        assertThat(changes)
                .allSatisfy(it -> assertThat(it.apply(full()).build()).isNotEqualTo(full().build()));
        assertThat(full().build().equals(new Object())).isFalse();
    }

    @Test
    void itsTextShowsNoContents() {
        Message message = full().payload("secret-payload".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .headers(Map.of("secret-key", "secret-value"))
                .build();
        assertThat(message.toString())
                .isEqualTo(
                        "Message[id=id-1, topic=a.b, payload=14 bytes, headers=1, timestamp=2026-01-02T03:04:05.678Z,"
                                + " retries=1, maxRetries=2]");
    }

    @Test
    void anotherAttemptDiffersInItsRetriesOnly() {
        Message message = full().build();
        assertThat(message.withRetries(7)).isEqualTo(full().retries(7).build());
        assertThat(message.withRetries(1)).isSameAs(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.withRetries(-1))
                .withMessage("retries is -1: it must be 0 or more");
    }

    @Test
    void nullIsRefusedByName() {
        Message.Builder builder = Message.builder();
        Arrays.stream(Message.Builder.class.getMethods())
                .filter(it -> it.getParameterCount() == 1 && it.getDeclaringClass() == Message.Builder.class)
                .filter(it -> !it.getParameterTypes()[0].isPrimitive())
                .forEach(it -> assertThatNullPointerException()
                        .as(it.getName())
                        .isThrownBy(setting(builder, it))
                        .withMessage(it.getName().equals("ownedPayload") ? "payload" : it.getName()));
    }

    private static ThrowingCallable setting(Message.Builder builder, Method setter) {
        return () -> {
            try {
                setter.invoke(builder, (Object) null);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
    }

    @Test
    void nullsAmongTheHeadersAreRefusedByName() {
        Map<String, String> nullValue = new HashMap<>();
        nullValue.put("k", null);
        assertThatNullPointerException()
                .isThrownBy(() -> Message.builder().headers(nullValue))
                .withMessage("the value of header 'k'");
        Map<String, String> nullKey = new HashMap<>();
        nullKey.put(null, "v");
        assertThatNullPointerException()
                .isThrownBy(() -> Message.builder().headers(nullKey))
                .withMessage("a key in headers");
    }

    @Test
    void whatIsNoMessageIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder().id(""))
                .withMessageStartingWith("id is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder().retries(-1))
                .withMessage("retries is -1: it must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder().maxRetries(Integer.MIN_VALUE))
                .withMessage("maxRetries is -2147483648: it must be 0 or more");
    }
}
