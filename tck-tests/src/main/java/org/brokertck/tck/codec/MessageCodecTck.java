package org.brokertck.tck.codec;

import java.util.Set;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;

/**
 * All rules of the message codec. An implementer extends this class in the tests of an own build and supplies one method; the
 * build then runs every rule that binds the implementation. A new instance is made for every test.
 */
public abstract class MessageCodecTck
        implements CodecArgumentRules,
                CodecConcurrencyRules,
                CodecIsolationRules,
                CodecSizeRules,
                ContentRules,
                DamagedInputRules,
                JsonRules,
                RoundTripRules {
    /** For subclasses. */
    protected MessageCodecTck() {}

    /**
     * Opens a codec of the implementation under test.
     *
     * @param name used for one test only
     * @param config the settings of the codec
     */
    protected abstract MessageCodec openCodec(String name, CodecConfig config);

    @Override
    public ConformanceTarget target() {
        return new ExtendedTarget(this);
    }

    /** What a subclass supplies, as a target. */
    private record ExtendedTarget(MessageCodecTck tck) implements ConformanceTarget {
        @Override
        public String name() {
            return tck.getClass().getSimpleName();
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public MessageCodec openCodec(String name, CodecConfig config) {
            return tck.openCodec(name, config);
        }
    }
}
