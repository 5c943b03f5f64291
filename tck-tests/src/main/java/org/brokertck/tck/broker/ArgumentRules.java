package org.brokertck.tck.broker;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends BrokerRules {
    /** The calls with an invalid argument, each with the name by which the refusal must call it. */
    enum InvalidCall {
        /** A null topic. */
        PRODUCE_TO_NULL("topic"),
        /** An empty topic. */
        PRODUCE_TO_EMPTY("topic"),
        /** A topic with an empty word. */
        PRODUCE_TO_EMPTY_WORD("topic"),
        /** A topic that is a pattern. */
        PRODUCE_TO_PATTERN("topic"),
        /** A topic that is too long. */
        PRODUCE_TO_LONG("topic"),
        /** A null message. */
        PRODUCE_NULL("message"),
        /** A null topic. */
        SUBSCRIBE_TO_NULL("topic"),
        /** A topic that is a pattern. */
        SUBSCRIBE_TO_PATTERN("topic"),
        /** A null handler. */
        SUBSCRIBE_NULL("handler");

        private final String argument;

        InvalidCall(String argument) {
            this.argument = argument;
        }

        @SuppressWarnings({"NullAway", "resource"}) // null where it is not allowed is the point
        private void make(MessageBroker broker) {
            Message message = Messages.message("nowhere");
            switch (this) {
                case PRODUCE_TO_NULL -> broker.produce(null, message);
                case PRODUCE_TO_EMPTY -> broker.produce("", message);
                case PRODUCE_TO_EMPTY_WORD -> broker.produce("order..created", message);
                case PRODUCE_TO_PATTERN -> broker.produce("order.*", message);
                case PRODUCE_TO_LONG -> broker.produce("t".repeat(256), message);
                case PRODUCE_NULL -> broker.produce("order.created", null);
                case SUBSCRIBE_TO_NULL -> broker.subscribe(null, it -> {});
                case SUBSCRIBE_TO_PATTERN -> broker.subscribe("#", it -> {});
                case SUBSCRIBE_NULL -> broker.subscribe("order.created", null);
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsAreRefusedByName() {
        refuseAll(List.of(InvalidCall.values()));
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsChangeNothing(@ForAll @Size(min = 1, max = 12) List<InvalidCall> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<InvalidCall> calls) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-1")) {
            broker.subscribe("order.created");
            calls.forEach(it -> requireRefused(broker, it));
            broker.produceAll("order.created", Messages.numbered(3));
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
            long errors = broker.health().errors();
            broker.require(errors == 0, "health counts %d errors after calls that were refused".formatted(errors));
        }
    }

    private static void requireRefused(BrokerUnderTest broker, InvalidCall call) {
        RuntimeException refusal =
                broker.refused(RuntimeException.class, call.name(), () -> call.make(broker.unrecorded()));
        broker.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        broker.require(
                String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT).contains(call.argument),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.argument, refusal));
    }
}
