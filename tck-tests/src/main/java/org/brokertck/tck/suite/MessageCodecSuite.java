package org.brokertck.tck.suite;

import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.codec.MessageCodecTck;
import org.brokertck.tck.run.CurrentTarget;

/** All rule tests of the message codec, against {@link CurrentTarget}. */
public final class MessageCodecSuite extends MessageCodecTck {
    @Override
    public ConformanceTarget target() {
        return CurrentTarget.get();
    }

    @Override
    protected MessageCodec openCodec(String name, CodecConfig config) {
        return target().openCodec(name, config);
    }
}
