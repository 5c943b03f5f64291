package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.tck.check.partitioned.DeadRecordsTell;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.NothingInvented;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Brokers with different names share nothing. */
public interface BrokerIsolationRules extends PartitionedRules {
    /** What an implementation might append to a broker's name for its own use; two brokers may well be called so. */
    List<String> BROKER_SUFFIXES =
            List.of("", "." + TOPIC, "-" + TOPIC, ".0", "-0", ".DLQ", ".dlq", "-" + "n".repeat(70));

    @Test
    @Verifies("G-11")
    default void brokersWhoseNamesContainEachOtherShareNothing() {
        apart(BROKER_SUFFIXES);
    }

    @Property
    @Verifies("G-11")
    default void brokersWithDifferentNamesShareNothing(@ForAll @Size(min = 2, max = 3) List<Part> parts) {
        List<String> suffixes = new ArrayList<>();
        String suffix = "";
        for (Part part : parts) {
            suffixes.add(suffix);
            suffix += part.text;
        }
        apart(suffixes);
    }

    /** Parts of names that differ in little. */
    enum Part {
        /** A letter. */
        LETTER("a"),
        /** The other case of the same letter. */
        CAPITAL("A"),
        /** A digit. */
        DIGIT("0"),
        /** A dot and the name of a topic. */
        TOPIC_NAME("." + TOPIC);

        private final String text;

        Part(String text) {
            this.text = text;
        }
    }

    private void apart(List<String> suffixes) {
        String name = Names.fresh("G-11");
        List<BrokerUnderTest> brokers = new ArrayList<>();
        try {
            suffixes.forEach(it -> brokers.add(BrokerUnderTest.open(
                    this,
                    target(),
                    "G-11",
                    name + it,
                    2,
                    config().deliveryLimit(1).build())));
            // All have one topic and one group in common, by their names.
            brokers.forEach(it -> it.subscribe(record -> {
                if ("fails".equals(record.key())) {
                    throw new IllegalStateException("so that it is set aside");
                }
            }));
            for (int i = 0; i < brokers.size(); i++) {
                brokers.get(i).produceAll(Records.spread("of-" + i + "-", 4));
                brokers.get(i).produce(Records.of("fails", "fails-of-" + i));
                brokers.get(i).createTopic("only-" + i, 1 + i);
            }
            for (int i = 0; i < brokers.size(); i++) {
                BrokerUnderTest broker = brokers.get(i);
                String another = "only-" + (i + 1) % brokers.size();
                broker.refused(
                        UnknownTopicException.class,
                        "produce to a topic of another broker",
                        () -> broker.unrecorded().produce(another, Records.of("key", "strays")));
                broker.judgeSettled(new NothingInvented()
                        .and(new NothingLost())
                        .and(new HandledOnce())
                        .and(new DeadRecordsTell()));
                broker.require(
                        broker.metrics().topics().keySet().equals(Set.of(TOPIC, "only-" + i))
                                && broker.metrics().of(TOPIC).messagesProduced() == 5,
                        "a broker was given 5 records and 2 topics of its own, and its metrics are "
                                + broker.metrics());
                // Each is closed while the later ones still have something to show.
                broker.closeNow();
            }
        } finally {
            brokers.forEach(BrokerUnderTest::close);
        }
    }
}
