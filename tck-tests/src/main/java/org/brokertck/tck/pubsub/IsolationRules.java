package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Brokers with different names share nothing. */
public interface IsolationRules extends PubSubRules {
    /** Longer than what many systems keep of a name, and shorter than the contract allows. */
    String LONG = "-" + "n".repeat(70);

    /** What makes names that contain each other, or differ in little. */
    List<String> SUFFIXES = List.of("", ".order", "-order", ".1", ".a", ".A", "-a", LONG + "1", LONG + "2");

    @Test
    @Verifies("G-11")
    default void brokersWhoseNamesContainEachOtherShareNothing() {
        shareNoTopic(SUFFIXES);
    }

    @Property
    @Verifies("G-11")
    default void brokersWithDifferentNamesShareNothing(@ForAll @Size(min = 2, max = 4) List<NamePart> parts) {
        List<String> suffixes = new ArrayList<>();
        String suffix = "";
        for (NamePart part : parts) {
            suffixes.add(suffix);
            suffix += part.text;
        }
        shareNoTopic(suffixes);
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

    private void shareNoTopic(List<String> suffixes) {
        String name = Names.fresh("G-11");
        List<PubSubUnderTest> brokers = new ArrayList<>();
        try {
            suffixes.forEach(
                    it -> brokers.add(PubSubUnderTest.open(this, target(), "G-11", name + it, config().build())));
            for (PubSubUnderTest broker : brokers) {
                broker.subscribe("order");
                broker.subscribeWithPattern("#");
            }
            for (int i = 0; i < brokers.size(); i++) {
                brokers.get(i).publish("order", Messages.message("of-" + i));
                brokers.get(i).publish("a.order", Messages.message("more-of-" + i));
            }
            // Each is closed while the later ones are still in use.
            for (PubSubUnderTest broker : brokers) {
                broker.drain();
                Rest.awaitCounts(broker);
                broker.judgeAsDrained(
                        new NothingInvented().and(new NothingMissing()).and(new TopicCountsExact()));
                broker.closeNow();
            }
        } finally {
            brokers.forEach(PubSubUnderTest::close);
        }
    }
}
