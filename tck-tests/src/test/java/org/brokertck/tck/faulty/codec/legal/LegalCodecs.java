package org.brokertck.tck.faulty.codec.legal;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.codec.WrappedCodec;

/** All odd but legal codecs, by name. */
final class LegalCodecs {
    private LegalCodecs() {}

    static List<ConformanceTarget> all() {
        return List.of(
                WrappedCodec.target("WritesWithWhiteSpaceAndMore", it -> new WrappedCodec(it) {
                    @Override
                    protected String written(String json) {
                        return json.replaceFirst("^\\{", "{\n  \"written_by\" : [\"a codec\"],\n  ");
                    }
                }),
                WrappedCodec.target("EscapesMoreThanItMust", it -> new WrappedCodec(it) {
                    @Override
                    protected String written(String json) {
                        return json.replaceFirst("\"id\":", "\"\\\\u0069d\":");
                    }
                }),
                WrappedCodec.target("OneVersionOnly", it -> new WrappedCodec(it) {
                    @Override
                    public int version() {
                        return 1;
                    }

                    @Override
                    public byte[] encode(Message message, int version) {
                        if (version > 1) {
                            throw new IllegalArgumentException("version is " + version + ": it must be 1");
                        }
                        return super.encode(message, version);
                    }
                }),
                WrappedCodec.target("WordyRefusals", it -> new WrappedCodec(it) {
                    @Override
                    public Message decode(byte[] encoded) {
                        if (encoded == null) {
                            throw new IllegalArgumentException("Encoded must not be null, dear caller, and was");
                        }
                        try {
                            return super.decode(encoded);
                        } catch (MalformedMessageException e) {
                            throw new MalformedMessageException("Dear caller, this is no message: " + e.getMessage());
                        }
                    }
                }),
                WrappedCodec.target("TakesItsTime", it -> new WrappedCodec(it) {
                    @Override
                    public Message decode(byte[] encoded) {
                        LockSupport.parkNanos(10_000);
                        return super.decode(encoded);
                    }
                }));
    }
}
