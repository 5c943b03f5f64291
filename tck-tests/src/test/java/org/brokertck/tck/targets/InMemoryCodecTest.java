package org.brokertck.tck.targets;

import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.codec.MessageCodecTck;

/** The reference passes every rule of the message codec, tested as an implementer would test it. */
class InMemoryCodecTest extends MessageCodecTck {
    private final ConformanceTarget target = new InMemoryTarget();

    @Override
    public ConformanceTarget target() {
        return target;
    }

    @Override
    protected MessageCodec openCodec(String name, CodecConfig config) {
        return target.openCodec(name, config);
    }
}
