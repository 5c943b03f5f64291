package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends MultiBrokerRules {
    /** The calls with an invalid argument, each with the name by which the refusal must call it. */
    enum InvalidCall {
        /** A null name. */
        ADD_WITHOUT_NAME("name"),
        /** A blank name. */
        ADD_WITH_BLANK_NAME("name"),
        /** A name with a comma, which no rule could name. */
        ADD_WITH_COMMA("name"),
        /** A name with blanks at its ends, which no rule could name. */
        ADD_WITH_BLANKS("name"),
        /** A null broker. */
        ADD_NULL("broker"),
        /** A null pattern. */
        RULE_WITHOUT_PATTERN("pattern"),
        /** An empty pattern. */
        RULE_WITH_EMPTY_PATTERN("pattern"),
        /** Null brokers. */
        RULE_WITHOUT_BROKERS("brokers"),
        /** A null topic. */
        PRODUCE_TO_NULL("topic"),
        /** A topic that is a pattern. */
        PRODUCE_TO_PATTERN("topic"),
        /** An empty topic. */
        PRODUCE_TO_EMPTY("topic"),
        /** A null message. */
        PRODUCE_NULL("message"),
        /** A null topic. */
        SUBSCRIBE_TO_NULL("topic"),
        /** A topic that is a pattern. */
        SUBSCRIBE_TO_PATTERN("topic"),
        /** A null handler. */
        SUBSCRIBE_NULL("handler"),
        /** A null listener. */
        LISTEN_NULL("listener");

        private final String argument;

        InvalidCall(String argument) {
            this.argument = argument;
        }

        @SuppressWarnings({"NullAway", "resource"}) // null where it is not allowed is the point
        private void make(MultiBroker multi, ScriptedBroker broker) {
            Message message = Messages.message("nowhere");
            switch (this) {
                case ADD_WITHOUT_NAME -> multi.addBroker(null, broker);
                case ADD_WITH_BLANK_NAME -> multi.addBroker(" ", broker);
                case ADD_WITH_COMMA -> multi.addBroker("b,c", broker);
                case ADD_WITH_BLANKS -> multi.addBroker(" b", broker);
                case ADD_NULL -> multi.addBroker("b", null);
                case RULE_WITHOUT_PATTERN -> multi.setRoutingRule(null, "a");
                case RULE_WITH_EMPTY_PATTERN -> multi.setRoutingRule("", "a");
                case RULE_WITHOUT_BROKERS -> multi.setRoutingRule("#", null);
                case PRODUCE_TO_NULL -> multi.produce(null, message);
                case PRODUCE_TO_PATTERN -> multi.produce("order.*", message);
                case PRODUCE_TO_EMPTY -> multi.produce("", message);
                case PRODUCE_NULL -> multi.produce("order.created", null);
                case SUBSCRIBE_TO_NULL -> multi.subscribe(null, it -> {});
                case SUBSCRIBE_TO_PATTERN -> multi.subscribe("#", it -> {});
                case SUBSCRIBE_NULL -> multi.subscribe("order.created", null);
                case LISTEN_NULL -> multi.addHealthListener(null);
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
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-1")) {
            ScriptedBroker broker = multi.add("a").get(0);
            multi.subscribe("order.created");
            ScriptedBroker refused = new ScriptedBroker("b");
            try {
                calls.forEach(it -> requireRefused(multi, refused, it));
            } finally {
                refused.endTest();
            }
            multi.produce("order.created", "m");
            multi.judgeSettled(new NothingLost().and(new NothingInvented()));
            multi.require(
                    broker.attempts().equals(List.of("m")) && broker.subscriptions("order.created") == 1,
                    "after refused calls the broker was given %s and has %d subscriptions, where one of each is due"
                            .formatted(broker.attempts(), broker.subscriptions("order.created")));
            multi.require(
                    multi.health().size() == 1
                            && multi.unrecorded().routingRules().isEmpty(),
                    "after refused calls there are the brokers %s and the rules %s"
                            .formatted(
                                    multi.health().keySet(), multi.unrecorded().routingRules()));
        }
    }

    private static void requireRefused(MultiUnderTest multi, ScriptedBroker broker, InvalidCall call) {
        RuntimeException refusal =
                multi.refused(RuntimeException.class, call.name(), () -> call.make(multi.unrecorded(), broker));
        multi.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        multi.require(
                String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT).contains(call.argument),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.argument, refusal));
    }
}
