package org.brokertck.tck.queue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Instances with different names share nothing. */
public interface IsolationRules extends QueueRules {
    /** Longer than what many systems keep of a name, and shorter than the contract allows. */
    String LONG = "-" + "n".repeat(70);

    /** What an implementation might append to a queue's name for its own use; two queues may well be called so. */
    List<String> SUFFIXES = List.of(
            "",
            ".dlq",
            "-dlq",
            ".dead",
            ".dead-letters",
            ".retry",
            "-retry",
            ".delayed",
            ".1",
            ".DLQ",
            LONG + "1",
            LONG + "2");

    @Test
    @Verifies("G-11")
    default void queuesWhoseNamesContainEachOtherShareNothing() {
        share(SUFFIXES);
    }

    @Property
    @Verifies("G-11")
    default void queuesWithDifferentNamesShareNothing(@ForAll @Size(min = 2, max = 4) List<NamePart> parts) {
        List<String> suffixes = new ArrayList<>();
        String suffix = "";
        for (NamePart part : parts) {
            suffixes.add(suffix);
            suffix += part.text;
        }
        share(suffixes);
    }

    /** Parts of names that differ in little. */
    enum NamePart {
        /** A letter. */
        LETTER("a"),
        /** The other case of the same letter. */
        CAPITAL("A"),
        /** A digit. */
        DIGIT("0"),
        /** A dot and a letter. */
        DOT(".a"),
        /** A hyphen and a letter. */
        HYPHEN("-a");

        private final String text;

        NamePart(String text) {
            this.text = text;
        }
    }

    private void share(List<String> suffixes) {
        String name = Names.fresh("G-11");
        List<QueueUnderTest> queues = new ArrayList<>();
        try {
            suffixes.forEach(
                    it -> queues.add(QueueUnderTest.open(this, target(), "G-11", name + it, config().build())));
            for (int i = 0; i < queues.size(); i++) {
                queues.get(i).produce(Messages.message("first-of-" + i));
                queues.get(i).produce(Messages.message("second-of-" + i));
            }
            for (QueueUnderTest queue : queues) {
                queue.consume(message -> {
                    if (message.id().startsWith("first")) {
                        throw new IllegalStateException("so that it becomes a dead letter");
                    }
                });
            }
            // Each is closed while the later ones still have something to show.
            for (QueueUnderTest queue : queues) {
                queue.judgeSettled(new NoInvention().and(new NoLoss()).and(new MetricsExact()));
                queue.closeNow();
            }
        } finally {
            queues.forEach(QueueUnderTest::close);
        }
    }
}
