package org.brokertck.tck.codec;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.codec.AnyMessage;
import org.junit.jupiter.api.Test;

/** Arrays that went in or came out are their owner's: what happens to them later alters no message and no other array. */
public interface CodecIsolationRules extends CodecRules {
    @Test
    @Verifies("G-8")
    default void arraysAreNobodyElses() {
        isolate(Messages.builder("isolated").maxRetries(1).build());
    }

    @Property
    @Verifies("G-8")
    default void arraysOfAnyMessageAreNobodyElses(@ForAll(supplier = AnyMessage.class) Message message) {
        isolate(message);
    }

    private void isolate(Message message) {
        withEachFormat("G-8", codec -> {
            for (int version = 1; version <= codec.unrecorded().version(); version++) {
                byte[] encoded = codec.encode(message, version);
                byte[] copy = encoded.clone();
                Message read = codec.decode(encoded);
                codec.require(Arrays.equals(encoded, copy), "decode changed the array that it was given");
                Arrays.fill(encoded, (byte) 0);
                codec.requireSame(message, read, "a message whose encoded array was overwritten afterwards");
                codec.require(
                        Arrays.equals(codec.encode(message, version), copy),
                        "overwriting what encode returned has changed what it returns next");
                byte[] payload = read.payload();
                Arrays.fill(payload, (byte) 1);
                codec.requireSame(message, codec.decode(copy), "what was decoded after a payload was overwritten");
            }
        });
    }
}
