package org.brokertck.tck.faulty.codec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.tck.faulty.Fault;

/** All faulty codecs. */
public final class FaultyCodecs {
    private FaultyCodecs() {}

    /** All of them, by theme. */
    public static List<Fault> all() {
        return Stream.of(ContentFaults.all(), JsonFaults.all(), DamageFaults.all(), InstanceFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    /** A faulty variant of the reference codec. */
    static Fault wrapped(
            String name, String rule, String finding, String description, Function<CodecConfig, MessageCodec> codecs) {
        return Fault.of(name, rule, finding, description, () -> WrappedCodec.target(name, codecs));
    }
}
