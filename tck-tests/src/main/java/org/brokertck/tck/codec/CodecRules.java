package org.brokertck.tck.codec;

import java.util.function.Consumer;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.codec.CodecFormat;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.run.RuleTests;
import org.brokertck.tck.time.TckTimeouts;

/** What all rule tests of the message codec share. */
public interface CodecRules extends RuleTests {
    @Override
    default Contract contract() {
        return Contract.CODEC;
    }

    /** The waits and tolerances in force. */
    default TckTimeouts timeouts() {
        return TckTimeouts.current();
    }

    /** Runs a test with a codec of each format. */
    default void withEachFormat(String ruleId, Consumer<CodecUnderTest> test) {
        for (CodecFormat format : CodecFormat.values()) {
            test.accept(CodecUnderTest.open(this, ruleId, CodecConfig.of(format)));
        }
    }
}
