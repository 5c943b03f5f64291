package org.brokertck.api.codec;

import java.util.Objects;
import org.brokertck.api.internal.Require;

/**
 * The settings of one codec.
 *
 * @param format what encoded messages look like
 * @param maxBytes how many bytes an encoded message has at most; from 1 KiB to {@link #LARGEST}
 */
public record CodecConfig(CodecFormat format, int maxBytes) {
    /** The largest limit: 1 GiB. */
    public static final int LARGEST = 1 << 30;

    private static final int SMALLEST = 1 << 10;
    private static final int DEFAULT = 16 << 20;

    /** Checks the bounds. */
    public CodecConfig {
        Objects.requireNonNull(format, "format");
        Require.number("maxBytes", maxBytes, SMALLEST, LARGEST);
    }

    /** That format, with messages of up to 16 MiB. */
    public static CodecConfig of(CodecFormat format) {
        return new CodecConfig(format, DEFAULT);
    }

    /** The same format with another limit. */
    public CodecConfig withMaxBytes(int other) {
        return new CodecConfig(format, other);
    }
}
