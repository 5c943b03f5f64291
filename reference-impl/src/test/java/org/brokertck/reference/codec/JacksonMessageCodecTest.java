package org.brokertck.reference.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.junit.jupiter.api.Test;

/** What was written by any version stays readable: these bytes must never change. */
class JacksonMessageCodecTest {
    private static final Message MESSAGE = Message.builder()
            .id("m-1")
            .topic("order.created")
            .payload(new byte[] {1, -1})
            .headers(Map.of("k", "v"))
            .timestamp(Instant.parse("2026-01-02T03:04:05.678Z"))
            .retries(1)
            .maxRetries(3)
            .build();
    private static final String JSON_1 = """
            {"id":"m-1","topic":"order.created","payload":"Af8=","headers":{"k":"v"},"timestamp":"2026-01-02T03:04:05.678Z","retries":1,"max_retries":3}""";
    private static final String JSON_2 = """
            {"version":2,"id":"m-1","topic":"order.created","payload":"Af8=","headers":{"k":"v"},"timestamp":"2026-01-02T03:04:05.678Z","retries":1,"max_retries":3}""";
    private static final String CBOR_2 = "89" + "02" + "636d2d31" + "6d6f726465722e63726561746564" + "4201ff"
            + "a1616b6176" + "1a695735a5" + "1902a6" + "01" + "03";

    private final MessageCodec json = JacksonMessageCodec.open(CodecConfig.of(CodecFormat.JSON));
    private final MessageCodec binary = JacksonMessageCodec.open(CodecConfig.of(CodecFormat.BINARY));

    @Test
    void jsonOfBothVersions() {
        assertThat(new String(json.encode(MESSAGE, 1), StandardCharsets.UTF_8)).isEqualTo(JSON_1);
        assertThat(new String(json.encode(MESSAGE), StandardCharsets.UTF_8)).isEqualTo(JSON_2);
        assertThat(json.decode(JSON_1.getBytes(StandardCharsets.UTF_8))).isEqualTo(MESSAGE);
        assertThat(json.decode(JSON_2.getBytes(StandardCharsets.UTF_8))).isEqualTo(MESSAGE);
    }

    @Test
    void cborOfBothVersions() {
        assertThat(HexFormat.of().formatHex(binary.encode(MESSAGE))).isEqualTo(CBOR_2);
        assertThat(binary.decode(HexFormat.of().parseHex(CBOR_2))).isEqualTo(MESSAGE);
        byte[] first = binary.encode(MESSAGE, 1);
        assertThat(HexFormat.of().formatHex(first)).startsWith("a7" + "626964" + "636d2d31" + "65746f706963");
        assertThat(binary.decode(first)).isEqualTo(MESSAGE);
    }

    /** What a later writer appends to the values is skipped. */
    @Test
    void laterValuesAreSkipped() {
        String longer = "8b" + CBOR_2.substring(2) + "f6" + "8101";
        assertThat(binary.decode(HexFormat.of().parseHex(longer))).isEqualTo(MESSAGE);
    }

    @Test
    void laterVersionsAreRefusedByNumber() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> binary.decode(HexFormat.of().parseHex("8903" + CBOR_2.substring(4))))
                .withMessageContaining("version 3, and this codec knows 1 to 2");
    }

    /** A byte string that says it has four gigabytes, and has two bytes. */
    @Test
    void lengthsAreNotTrusted() {
        String huge = CBOR_2.replace("4201ff", "5b00000001000000" + "0001ff");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> binary.decode(HexFormat.of().parseHex(huge)));
    }

    @Test
    void refusalsSayWhatAndWhereAndShowNoContent() {
        String secret = JSON_2.replace("\"Af8=\"", "\"my secret!\"");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> json.decode(secret.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("at byte")
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> json.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("the field 'id' is missing");
    }
}
