package org.brokertck.reference.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import org.brokertck.api.codec.CodecConfig;

/** Jackson's factories, set so that hostile input costs no more than its own size. */
final class Factories {
    /** Messages need two levels; what is deeper can only lie in a field that is skipped. */
    private static final int DEEPEST = 64;

    private Factories() {}

    static JsonFactory of(CodecConfig config) {
        return switch (config.format()) {
            case JSON -> set(new JsonFactoryBuilder(), config).build();
            case BINARY -> set(CBORFactory.builder(), config).build();
        };
    }

    private static <F extends JsonFactory, B extends TSFBuilder<F, B>> B set(B builder, CodecConfig config) {
        return builder.streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(config.maxBytes())
                        .maxNameLength(config.maxBytes())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Names of headers come from anyone, and would stay in memory for good.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    }
}
