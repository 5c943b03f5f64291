package org.brokertck.tck.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface CodecArgumentRules extends CodecRules {
    /** The calls with an invalid argument. */
    enum InvalidCall {
        /** A null message. */
        ENCODE_NULL("message"),
        /** A null message, in the first version. */
        ENCODE_NULL_IN_A_VERSION("message"),
        /** No version. */
        VERSION_ZERO("version"),
        /** A negative version. */
        VERSION_NEGATIVE("version"),
        /** A version that is not there yet. */
        VERSION_TO_COME("version"),
        /** Null bytes. */
        DECODE_NULL("encoded");

        private final String name;

        InvalidCall(String name) {
            this.name = name;
        }

        @SuppressWarnings("NullAway") // null where it is not allowed is the point
        private void make(MessageCodec codec, Message message) {
            switch (this) {
                case ENCODE_NULL -> codec.encode(null);
                case ENCODE_NULL_IN_A_VERSION -> codec.encode(null, 1);
                case VERSION_ZERO -> codec.encode(message, 0);
                case VERSION_NEGATIVE -> codec.encode(message, -1);
                case VERSION_TO_COME -> codec.encode(message, codec.version() + 1);
                case DECODE_NULL -> codec.decode(null);
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsOfTheCodecAreRefusedByName() {
        refuseAll(Arrays.asList(InvalidCall.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsOfTheCodecChangeNothing(@ForAll @Size(min = 1, max = 10) List<InvalidCall> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidCall> calls) {
        Message message = Messages.builder("valid").build();
        withEachFormat("G-1", codec -> {
            for (InvalidCall call : calls) {
                RuntimeException refusal = codec.refused(
                        RuntimeException.class, call.name(), () -> call.make(codec.unrecorded(), message));
                codec.require(
                        refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                        "%s threw %s where NullPointerException or IllegalArgumentException is due"
                                .formatted(call, refusal));
                codec.require(
                        String.valueOf(refusal.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains(call.name),
                        "the refusal of %s does not name the argument '%s': %s".formatted(call, call.name, refusal));
            }
            codec.requireRoundTrip(message);
        });
    }
}
