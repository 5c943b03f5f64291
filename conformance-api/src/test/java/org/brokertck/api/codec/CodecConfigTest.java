package org.brokertck.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The settings of a codec refuse what is out of bounds. */
class CodecConfigTest {
    @Test
    void theLimitIsSixteenMebibytesUnlessSet() {
        assertThat(CodecConfig.of(CodecFormat.JSON)).isEqualTo(new CodecConfig(CodecFormat.JSON, 16 << 20));
        assertThat(CodecConfig.of(CodecFormat.BINARY).withMaxBytes(2000))
                .isEqualTo(new CodecConfig(CodecFormat.BINARY, 2000));
    }

    @Test
    void limitsOutOfBoundsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodecConfig.of(CodecFormat.JSON).withMaxBytes(1023))
                .withMessageStartingWith("maxBytes is 1023");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodecConfig.of(CodecFormat.JSON).withMaxBytes(CodecConfig.LARGEST + 1))
                .withMessageStartingWith("maxBytes is ");
    }
}
