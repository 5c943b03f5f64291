package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends PubSubRules {
    /** The calls with an invalid argument, each with the names by which the refusal may call it. */
    enum InvalidCall {
        /** A null topic. */
        PUBLISH_TO_NULL("topic"),
        /** A null message. */
        PUBLISH_NULL("message"),
        /** An empty topic. */
        PUBLISH_TO_EMPTY("topic"),
        /** A null topic. */
        SUBSCRIBE_NULL("topic"),
        /** A topic that is a pattern. */
        SUBSCRIBE_WILDCARD("topic"),
        /** An empty topic. */
        SUBSCRIBE_EMPTY("topic"),
        /** A topic with an empty word. */
        SUBSCRIBE_EMPTY_WORD("topic"),
        /** A topic of too many bytes. */
        SUBSCRIBE_LONG("topic"),
        /** A null pattern. */
        PATTERN_NULL("pattern"),
        /** An empty pattern. */
        PATTERN_EMPTY("pattern"),
        /** A pattern with a wildcard in a word. */
        PATTERN_HALF_A_WORD("pattern"),
        /** A pattern with an empty word. */
        PATTERN_EMPTY_WORD("pattern"),
        /** A pattern of too many bytes. */
        PATTERN_LONG("pattern"),
        /** A null topic. */
        UNSUBSCRIBE_NULL("topic", "pattern"),
        /** A text that nobody could have subscribed to. */
        UNSUBSCRIBE_EMPTY_WORD("topic", "pattern"),
        /** A null timeout. */
        POLL_NULL("timeout"),
        /** A negative timeout. */
        POLL_NEGATIVE("timeout");

        private final List<String> names;

        InvalidCall(String... names) {
            this.names = List.of(names);
        }

        @SuppressWarnings({"NullAway", "resource"}) // null where it is not allowed is the point
        private void make(PubSubBroker broker, Subscription subscription) {
            switch (this) {
                case PUBLISH_TO_NULL -> broker.publish(null, Messages.message("nowhere"));
                case PUBLISH_NULL -> broker.publish("topic", (Message) null);
                case PUBLISH_TO_EMPTY -> broker.publish("", Messages.message("nowhere"));
                case SUBSCRIBE_NULL -> broker.subscribe(null);
                case SUBSCRIBE_WILDCARD -> broker.subscribe("order.*");
                case SUBSCRIBE_EMPTY -> broker.subscribe("");
                case SUBSCRIBE_EMPTY_WORD -> broker.subscribe("order..created");
                case SUBSCRIBE_LONG -> broker.subscribe("a".repeat(256));
                case PATTERN_NULL -> broker.subscribeWithPattern(null);
                case PATTERN_EMPTY -> broker.subscribeWithPattern("");
                case PATTERN_HALF_A_WORD -> broker.subscribeWithPattern("order.creat*");
                case PATTERN_EMPTY_WORD -> broker.subscribeWithPattern("order.#.");
                case PATTERN_LONG -> broker.subscribeWithPattern("#." + "a".repeat(254));
                case UNSUBSCRIBE_NULL -> broker.unsubscribe(null);
                case UNSUBSCRIBE_EMPTY_WORD -> broker.unsubscribe("order..created");
                case POLL_NULL -> subscription.poll((Duration) null);
                case POLL_NEGATIVE -> subscription.poll(Duration.ofMillis(-1));
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsOfTheBrokerAreRefusedByName() {
        refuseAll(List.of(InvalidCall.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsOfTheBrokerChangeNothing(@ForAll @Size(min = 1, max = 12) List<InvalidCall> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidCall> calls) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-1")) {
            RecordedSubscription all = broker.subscribeWithPattern("#");
            calls.forEach(it -> requireRefused(broker, all, it));
            broker.publishAll("order.created", Messages.numbered(3));
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(new NothingMissing().and(new TopicCountsExact()));
        }
    }

    private static void requireRefused(PubSubUnderTest broker, RecordedSubscription subscription, InvalidCall call) {
        RuntimeException refusal = broker.refused(
                RuntimeException.class, call.name(), () -> call.make(broker.unrecorded(), subscription.unrecorded()));
        broker.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        String text = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        broker.require(
                call.names.stream().anyMatch(text::contains),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.names.get(0), refusal));
    }
}
