package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Brokers with different names share nothing. */
public interface IsolationRules extends BrokerRules {
    /** What makes names that contain each other, or differ in little. */
    List<String> SUFFIXES = List.of("", ".order", "-order", ".1", ".a", ".A", "-" + "n".repeat(70));

    @Test
    @Verifies("G-11")
    default void brokersWhoseNamesContainEachOtherShareNothing() {
        shareNothing(SUFFIXES);
    }

    @Property
    @Verifies("G-11")
    default void brokersWithDifferentNamesShareNothing(@ForAll @Size(min = 2, max = 4) List<NamePart> parts) {
        List<String> suffixes = new ArrayList<>();
        StringBuilder suffix = new StringBuilder();
        for (NamePart part : parts) {
            suffixes.add(suffix.toString());
            suffix.append(part.text);
        }
        shareNothing(suffixes);
    }

    /** Parts of names that differ in little. */
    enum NamePart {
        /** A letter. */
        LETTER("a"),
        /** The other case of the same letter. */
        CAPITAL("A"),
        /** A dot and a letter. */
        DOT(".a"),
        /** A hyphen and a letter. */
        HYPHEN("-a");

        private final String text;

        NamePart(String text) {
            this.text = text;
        }
    }

    private void shareNothing(List<String> suffixes) {
        String name = Names.fresh("G-11");
        List<BrokerUnderTest> brokers = new ArrayList<>();
        try {
            suffixes.forEach(it -> brokers.add(BrokerUnderTest.open(this, "G-11", name + it, config().build())));
            for (BrokerUnderTest broker : brokers) {
                broker.subscribe("order");
                broker.subscribe("a.order");
            }
            for (int i = 0; i < brokers.size(); i++) {
                brokers.get(i).produce("order", Messages.message("of-" + i));
                brokers.get(i).produce("a.order", Messages.message("more-of-" + i));
            }
            // Each is closed while the later ones are still in use.
            for (BrokerUnderTest broker : brokers) {
                broker.judgeSettled(new NothingInvented().and(new NothingLost()));
                broker.closeNow();
            }
        } finally {
            brokers.forEach(BrokerUnderTest::close);
        }
    }
}
