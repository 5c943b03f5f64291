package org.brokertck.tck.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.codec.AnyMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** JSON has the seed's names and types, and what the seed's own encoder wrote is read. */
public interface JsonRules extends CodecRules {
    /** A version that is to come, far from any that there is. */
    int LATER = 1_000_000;

    private CodecUnderTest json() {
        return CodecUnderTest.open(this, "K-4", CodecConfig.of(CodecFormat.JSON));
    }

    @Test
    @Verifies("K-4")
    default void jsonHasTheSeedsNamesAndTypes() {
        CodecUnderTest codec = json();
        requireSeedsForm(
                codec, Messages.builder("order \"1\"").retries(1).maxRetries(3).build());
        requireSeedsForm(
                codec, Message.builder().id("bare").timestamp(Instant.EPOCH).build());
    }

    @Property
    @Verifies("K-4")
    default void everyJsonHasTheSeedsNamesAndTypes(@ForAll(supplier = AnyMessage.class) Message message) {
        requireSeedsForm(json(), message);
    }

    private static void requireSeedsForm(CodecUnderTest codec, Message message) {
        for (int version = 1; version <= codec.unrecorded().version(); version++) {
            byte[] encoded = codec.encode(message, version);
            Map<String, Object> fields = JsonDocument.read(encoded)
                    .orElseThrow(() -> codec.violation("this is no JSON object: " + codec.show(encoded)));
            requireField(codec, fields, "id", message.id());
            requireField(codec, fields, "topic", message.topic());
            requireField(codec, fields, "headers", message.headers());
            requireField(codec, fields, "retries", (long) message.retries());
            requireField(codec, fields, "max_retries", (long) message.maxRetries());
            requireField(codec, fields, "payload", Base64.getEncoder().encodeToString(message.payload()));
            codec.require(
                    message.timestamp().equals(time(fields.get("timestamp"))),
                    "the JSON field 'timestamp' is %s where %s is due, as RFC 3339 has it"
                            .formatted(fields.get("timestamp"), message.timestamp()));
        }
    }

    private static Instant time(@Nullable Object field) {
        try {
            return OffsetDateTime.parse(String.valueOf(field)).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }

    private static void requireField(CodecUnderTest codec, Map<String, Object> fields, String name, Object due) {
        codec.require(
                due.equals(fields.get(name)),
                "the JSON field '%s' is %s where %s is due; the fields are %s"
                        .formatted(name, fields.get(name), due, fields.keySet()));
    }

    @Test
    @Verifies("K-4")
    default void whatTheSeedsEncoderWroteIsRead() {
        CodecUnderTest codec = json();
        Message due = Message.builder()
                .id("o-1")
                .topic("order.created")
                .payload("hi".getBytes(StandardCharsets.UTF_8))
                .headers(Map.of("a", "b"))
                .timestamp(Instant.parse("2026-01-02T03:04:05.678Z"))
                .retries(1)
                .maxRetries(3)
                .build();
        requireRead(codec, due, """
                {"id":"o-1","topic":"order.created","payload":"aGk=","headers":{"a":"b"},"timestamp":"2026-01-02T03:04:05.678Z","retries":1,"max_retries":3}""");
        // With the offset of a zone, and with nanoseconds, which are cut.
        requireRead(codec, due, """
                {"id":"o-1","topic":"order.created","payload":"aGk=","headers":{"a":"b"},"timestamp":"2026-01-02T05:04:05.678901234+02:00","retries":1,"max_retries":3}""");
        requireRead(codec, due, """
                {"id":"o-1","topic":"order.created","payload":"aGk=","headers":{"a":"b"},"timestamp":"2026-01-01T19:34:05.678-07:30","retries":1,"max_retries":3}""");
        // Escapes, white space and another order of the fields.
        requireRead(codec, due, """
                 {
                  "max_retries" : 3, "retries":1, "headers":{"\\u0061":"\\u0062"}, "payload":"aGk=",
                  "timestamp":"2026-01-02T03:04:05.678Z", "topic":"order\\u002ecreated", "id":"o\\u002d1"
                }
                """);
    }

    @Test
    @Verifies("K-4")
    default void whatTheSeedsEncoderWroteOfNothingIsRead() {
        CodecUnderTest codec = json();
        requireRead(
                codec,
                Message.builder()
                        .id("o-1")
                        .timestamp(Instant.parse("2026-01-02T03:04:05Z"))
                        .build(),
                """
                {"id":"o-1","topic":"","payload":null,"headers":null,"timestamp":"2026-01-02T03:04:05Z","retries":0,"max_retries":0}""");
    }

    private static void requireRead(CodecUnderTest codec, Message due, String json) {
        codec.requireSame(due, codec.decode(json), "the JSON of another encoder " + json.strip());
    }

    /** Objects of JSON have no order, so that a version may come last. */
    @Test
    @Verifies("K-4")
    default void aLaterVersionIsRefusedWhereverItStands() {
        CodecUnderTest codec = json();
        List<String> fields = JsonDocument.fields(Messages.message("later"));
        for (int place = 0; place <= fields.size(); place++) {
            List<String> all = new ArrayList<>(fields);
            all.add(place, "\"version\":" + LATER);
            codec.requireRefused(
                    "message of a later version, which is told in place %d of its fields,".formatted(place + 1),
                    "{" + String.join(",", all) + "}");
        }
    }

    @Test
    @Verifies("K-4")
    default void unknownFieldsAreSkipped() {
        skipUnknown(Messages.builder("known").maxRetries(2).build(), 1);
    }

    @Property
    @Verifies("K-4")
    default void unknownFieldsAreSkippedWhereverTheyStand(
            @ForAll(supplier = AnyMessage.class) Message message, @ForAll int seed) {
        skipUnknown(message, seed);
    }

    /** The fields of a message in any order, with others between them. */
    private void skipUnknown(Message message, int seed) {
        CodecUnderTest codec = json();
        List<String> fields = new ArrayList<>(JsonDocument.fields(message));
        fields.addAll(Arrays.asList(
                "\"priority\":5",
                "\"trace_id\":\"4bf92f35\"",
                "\"flags\":[true,false,null,[1.5e3,{}],\"x\"]",
                "\"sender\":{\"id\":\"not the id\",\"headers\":{\"a\":[]},\"retries\":\"none\"}",
                "\"ID\":\"in capitals\"",
                "\"maxRetries\":77",
                "\"reply_to\":null"));
        Collections.shuffle(fields, new Random(seed));
        String json = "{" + String.join(",", fields) + "}";
        codec.requireSame(message, codec.decode(json), "a message with unknown fields");
    }
}
