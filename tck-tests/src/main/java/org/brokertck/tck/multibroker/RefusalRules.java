package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused, and a call that failed has changed nothing. */
public interface RefusalRules extends MultiBrokerRules {
    /** Calls that are refused, each with what the refusal must name. */
    enum Refused {
        /** A rule with a broker that is not there. */
        UNKNOWN("stranger"),
        /** A rule whose second broker is not there: not half of it may be set. */
        HALF_UNKNOWN("stranger"),
        /** A rule that replaces another one, with a broker that is not there. */
        REPLACED_BY_UNKNOWN("stranger"),
        /** A rule without brokers. */
        EMPTY("brokers"),
        /** A rule with blanks for brokers. */
        BLANK("brokers"),
        /** A rule with an empty name among its brokers. */
        EMPTY_NAME("brokers"),
        /** A rule whose list ends with a comma. */
        OPEN_END("brokers"),
        /** A rule that names a broker twice. */
        TWICE("brokers"),
        /** A rule whose pattern is none. */
        NO_PATTERN("pattern"),
        /** A broker whose name another one has. */
        SAME_NAME("a");

        private final String named;

        Refused(String named) {
            this.named = named;
        }

        private void make(MultiUnderTest multi) {
            switch (this) {
                case UNKNOWN -> multi.unrecorded().setRoutingRule("user.*", "stranger");
                case HALF_UNKNOWN -> multi.unrecorded().setRoutingRule("user.*", "b,stranger");
                case REPLACED_BY_UNKNOWN -> multi.unrecorded().setRoutingRule("order.*", "b,stranger");
                case EMPTY -> multi.unrecorded().setRoutingRule("order.*", "");
                case BLANK -> multi.unrecorded().setRoutingRule("order.*", "  ");
                case EMPTY_NAME -> multi.unrecorded().setRoutingRule("order.*", "b,,a");
                case OPEN_END -> multi.unrecorded().setRoutingRule("order.*", "b,");
                case TWICE -> multi.unrecorded().setRoutingRule("order.*", "b,b");
                case NO_PATTERN -> multi.unrecorded().setRoutingRule("order.creat*", "b");
                case SAME_NAME -> addTwin(multi);
            }
        }

        /** The broker that is refused stays the caller's: nobody calls it. */
        private static void addTwin(MultiUnderTest multi) {
            ScriptedBroker twin = new ScriptedBroker("a");
            try {
                multi.unrecorded().addBroker("a", twin);
            } catch (IllegalArgumentException refusal) {
                multi.require(
                        twin.closes() == 0 && twin.subscriptions("order.created") == 0,
                        "a broker that was refused for its name was subscribed to or closed");
                throw refusal;
            } finally {
                twin.endTest();
            }
        }
    }

    @Test
    @Verifies("M-3")
    default void whatMakesNoSenseIsRefusedAndChangesNothing() {
        refuseAll(List.of(Refused.values()));
    }

    @Property
    @Verifies("M-3")
    default void anyRefusedCallsChangeNothing(@ForAll @Size(min = 1, max = 12) List<Refused> calls) {
        refuseAll(calls);
    }

    private void refuseAll(List<Refused> calls) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-3")) {
            List<ScriptedBroker> brokers = multi.add("a", "b");
            multi.subscribe("order.created");
            multi.route("order.*", "a");
            multi.route("*.created", "b");
            List<RoutingRule> rules = multi.unrecorded().routingRules();
            for (Refused call : calls) {
                requireRefused(multi, call);
                multi.require(
                        multi.unrecorded().routingRules().equals(rules),
                        "the rules were %s before the refused %s, and are %s after it"
                                .formatted(rules, call, multi.unrecorded().routingRules()));
                Map<String, HealthStatus> health = multi.health();
                multi.require(
                        List.copyOf(health.keySet()).equals(List.of("a", "b")),
                        "the brokers were a and b before the refused %s, and are %s after it"
                                .formatted(call, health.keySet()));
                String id = "m-" + call + "-" + System.nanoTime();
                multi.produce("order.created", id);
                multi.requireTaker(id, brokers.get(0), "the rule 'order.*' → 'a' stands, and " + call + " was refused");
                multi.produce("user.created", id + "-user");
                multi.requireTaker(id + "-user", brokers.get(1), "the rule '*.created' → 'b' stands");
            }
        }
    }

    private static void requireRefused(MultiUnderTest multi, Refused call) {
        IllegalArgumentException refusal =
                multi.refused(IllegalArgumentException.class, call.name(), () -> call.make(multi));
        multi.require(
                String.valueOf(refusal.getMessage()).contains(call.named),
                "the refusal of %s does not name '%s': %s".formatted(call, call.named, refusal));
    }

    /** Blanks around commas do not matter, as in any list that people write. */
    @Test
    @Verifies("M-3")
    default void blanksAroundCommasDoNotMatter() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-3")) {
            List<ScriptedBroker> brokers = multi.add("a", "b");
            multi.route("order.*", " b , a ");
            multi.produce("order.created", "first");
            multi.requireTaker("first", brokers.get(1), "the rule is 'b', then 'a'");
        }
    }
}
