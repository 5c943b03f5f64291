package org.brokertck.tck.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.codec.MessageCodec;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** One codec serves many threads at once. */
public interface CodecConcurrencyRules extends CodecRules {
    @Test
    @Verifies("G-4")
    default void aCodecServesManyThreadsAtOnce() {
        useAtOnce(6, 300);
    }

    @Property
    @Verifies("G-4")
    default void aCodecServesAnyNumberOfThreads(@ForAll @IntRange(min = 2, max = 6) int threads) {
        useAtOnce(threads, 30);
    }

    private void useAtOnce(int threads, int messages) {
        withEachFormat("G-4", codec -> {
            List<Running<String>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "thread-" + t + "-";
                running.add(Bounded.start("codec user", () -> useInTurn(codec.unrecorded(), name, messages)));
            }
            for (Running<String> user : running) {
                String finding = codec.call(
                        "a call among many",
                        timeouts().await().multipliedBy(3),
                        () -> user.await(timeouts().await().multipliedBy(2)));
                codec.require(finding.isEmpty(), finding);
            }
        });
    }

    private static String useInTurn(MessageCodec codec, String name, int messages) {
        for (int i = 0; i < messages; i++) {
            Message message = Messages.builder(name + i)
                    .headers(Map.of(name, "x".repeat(i % 50)))
                    .payload(new byte[i % 100])
                    .build();
            Message read = codec.decode(codec.encode(message, 1 + i % codec.version()));
            if (!read.equals(message)) {
                return "while other threads used the codec, %s came back as %s".formatted(message, read);
            }
        }
        return "";
    }
}
