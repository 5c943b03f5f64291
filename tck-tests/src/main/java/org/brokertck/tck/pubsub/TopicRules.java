package org.brokertck.tck.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What a topic may be, and that nobody need listen to it. */
public interface TopicRules extends PubSubRules {
    /** The most bytes of UTF-8 in a topic or pattern. */
    int LONGEST = 255;

    @Test
    @Verifies("P-13")
    default void publishingWithoutASubscriberSucceeds() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-13")) {
            broker.publishAll("nobody.listens", Messages.numbered(3));
            broker.close(broker.subscribe("nobody.listens"));
            broker.publish("nobody.listens", Messages.message("after the last left"));
            broker.subscribe("order.created");
            broker.publish("nobody.listens", Messages.message("beside another"));
            broker.publish("order.created", Messages.message("heard"));
            broker.judgeDrained(new NothingInvented().and(new NothingMissing()));
        }
    }

    @Test
    @Verifies("P-13")
    default void whatIsNoTopicIsRefused() {
        refuseTopics(List.of(
                "",
                ".",
                "..",
                "*",
                "#",
                "order.*",
                "order.#",
                "*.created",
                "#.created",
                "order.*.now",
                "user.creat*",
                "us#er",
                "order.",
                ".order",
                "order..created",
                "a".repeat(LONGEST + 1),
                "é".repeat(128),
                "漢".repeat(86),
                "🔑".repeat(64),
                "a." + "b".repeat(LONGEST - 1)));
    }

    @Property
    @Verifies("P-13")
    default void anythingThatIsNoTopicIsRefused(@ForAll @Size(min = 1, max = 5) List<@From("noTopics") String> topics) {
        refuseTopics(topics);
    }

    /** Each has one fault. */
    @Provide
    default Arbitrary<String> noTopics() {
        Arbitrary<String> words =
                Arbitraries.strings().withChars("abäλ漢").ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> faults =
                Arbitraries.of("*", "#", "a*", "*a", "#a", "a#", "", "a".repeat(256), "漢".repeat(86));
        return Arbitraries.integers()
                .between(0, 3)
                .flatMap(place -> words.list()
                        .ofSize(3)
                        .flatMap(list -> faults.map(fault -> {
                            List<String> all = new ArrayList<>(list);
                            all.add(place, fault);
                            return String.join(".", all);
                        })));
    }

    /** Nobody hears of it, and nothing is counted. */
    private void refuseTopics(List<String> topics) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-13")) {
            broker.subscribeWithPattern("#");
            for (int i = 0; i < topics.size(); i++) {
                String topic = topics.get(i);
                String id = "refused-" + i;
                broker.refused(
                        IllegalArgumentException.class,
                        "publish to the topic '%s' of %d bytes".formatted(shortened(topic), bytes(topic)),
                        () -> broker.recorded().publish("refused", topic, Messages.message(id)));
            }
            broker.publish("order.created", Messages.message("heard"));
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(
                    new NothingInvented().and(new NothingMissing()).and(new TopicCountsExact()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    @Verifies("P-13")
    default void theLongestTopicsAreTaken() {
        publishTo(List.of(
                "a".repeat(LONGEST),
                "é".repeat(127) + "a",
                "漢".repeat(85),
                "🔑".repeat(63) + "abc",
                "a." + "b".repeat(LONGEST - 2),
                "a.".repeat(127) + "b",
                "a"));
    }

    @Property
    @Verifies("P-13")
    default void topicsOfAnyPermittedLengthAreTaken(
            @ForAll @IntRange(min = 1, max = LONGEST) int bytes, @ForAll @IntRange(min = 1, max = 4) int width) {
        String character = List.of("a", "é", "漢", "🔑").get(width - 1);
        String topic = character.repeat(bytes / width) + "a".repeat(bytes % width);
        publishTo(List.of(topic));
    }

    private void publishTo(List<String> topics) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-13")) {
            topics.forEach(broker::subscribe);
            broker.subscribeWithPattern("#");
            for (int i = 0; i < topics.size(); i++) {
                broker.publish(topics.get(i), Messages.message("m-" + i));
            }
            broker.judgeDrained(new NothingInvented().and(new NothingMissing()));
        }
    }
}
