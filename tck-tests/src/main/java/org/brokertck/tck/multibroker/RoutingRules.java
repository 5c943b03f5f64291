package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.check.broker.RoutedByRules;
import org.brokertck.tck.history.broker.Routing;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.broker.RoutingPlan;
import org.brokertck.tck.workload.broker.RoutingPlan.Move;
import org.brokertck.tck.workload.broker.RoutingPlans;
import org.junit.jupiter.api.Test;

/** Which broker takes a message: that of the first rule that matches, in the order in which the rules were set. */
public interface RoutingRules extends MultiBrokerRules {
    @Test
    @Verifies("M-1")
    default void aRuleSendsMatchingTopicsToItsBrokerAndNoOther() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-1")) {
            ScriptedBroker orders = multi.add("orders", "users", "rest").get(0);
            multi.route("order.*", "orders");
            multi.route("user.#", "users");
            multi.route("#", "rest");
            List<String> ofOrders = List.of("order.created", "order.shipped", "order.x");
            List<String> ofUsers = List.of("user", "user.created", "user.a.b.c");
            List<String> ofRest = List.of("order", "order.a.b", "Order.created", "users", "orders.created", "x");
            produceEach(multi, ofOrders, orders);
            produceEach(multi, ofUsers, multi.brokers().get(1));
            produceEach(multi, ofRest, multi.brokers().get(2));
        }
    }

    private static void produceEach(MultiUnderTest multi, List<String> topics, ScriptedBroker due) {
        for (String topic : topics) {
            multi.produce(topic, "to-" + topic);
            multi.requireTaker("to-" + topic, due, "the rule of topic '" + topic + "' says so");
        }
    }

    /** Also when its broker fails: what the rule does not name takes nothing. */
    @Test
    @Verifies("M-1")
    default void aRuleThatNamesOneBrokerKeepsToIt() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-1")) {
            ScriptedBroker only = multi.add("only", "other").get(0);
            ScriptedBroker other = multi.brokers().get(1);
            multi.route("order.*", "only");
            only.down();
            for (int i = 0; i < 6; i++) {
                String id = "m-" + i;
                multi.refused(
                        BrokerUnavailableException.class,
                        "produce to a topic whose only broker is down",
                        () -> multi.unrecorded().produce("order.created", Messages.message(id)));
            }
            multi.require(
                    other.attempts().isEmpty(),
                    "a broker that the rule does not name was given %s".formatted(other.attempts()));
        }
    }

    @Property
    @Verifies("M-1")
    default void anyTopicGoesWhereTheRulesSendIt(@ForAll(supplier = RoutingPlans.Fixed.class) RoutingPlan plan) {
        route("M-1", plan);
    }

    /** The order in which they were set counts, not how much they say. */
    @Test
    @Verifies("M-2")
    default void rulesAreTriedInTheOrderInWhichTheyWereSet() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-2")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.#", "a");
            multi.route("order.created", "b");
            multi.route("#", "c");
            multi.produce("order.created", "first");
            multi.requireTaker("first", brokers.get(0), "'order.#' was set before 'order.created'");
            requireRules(multi, List.of("order.#", "order.created", "#"));
        }
    }

    private static void requireRules(MultiUnderTest multi, List<String> patterns) {
        List<String> found = multi.call("routingRules", () -> multi.unrecorded().routingRules()).stream()
                .map(RoutingRule::pattern)
                .map(TopicPattern::text)
                .toList();
        multi.require(found.equals(patterns), "routingRules tells of %s, where %s were set".formatted(found, patterns));
    }

    @Test
    @Verifies("M-2")
    default void settingAPatternAgainReplacesItsRuleInPlace() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-2")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.#", "a");
            multi.route("order.created", "b");
            multi.route("order.#", "c");
            multi.produce("order.created", "created");
            multi.requireTaker("created", brokers.get(2), "'order.#' was set again, and keeps the first place");
            multi.produce("order.shipped", "shipped");
            multi.requireTaker("shipped", brokers.get(2), "'order.#' now names 'c'");
            requireRules(multi, List.of("order.#", "order.created"));
            multi.route("order.created", "a");
            multi.route("order.#", "b");
            multi.produce("order.created", "again");
            multi.requireTaker("again", brokers.get(1), "'order.#' still has the first place");
        }
    }

    /** Topics are case-sensitive, as in P, and so are patterns: that one looks like another makes it no rule set again. */
    @Test
    @Verifies("M-2")
    default void patternsThatAreNotTheSameAreRulesOfTheirOwn() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-2")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.*", "a");
            multi.route("Order.*", "b");
            multi.route("order.#", "c");
            requireRules(multi, List.of("order.*", "Order.*", "order.#"));
            produceEach(multi, List.of("order.created"), brokers.get(0));
            produceEach(multi, List.of("Order.created"), brokers.get(1));
            produceEach(multi, List.of("order", "order.a.b"), brokers.get(2));
        }
    }

    /** What was handed out is a look at the rules, and no way to them. */
    @Test
    @Verifies("M-2")
    default void whoeverClearsTheListOfRulesChangesNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-2")) {
            List<ScriptedBroker> brokers = multi.add("a", "b");
            multi.route("order.#", "b");
            List<RoutingRule> handedOut = multi.unrecorded().routingRules();
            try {
                handedOut.clear();
            } catch (UnsupportedOperationException unmodifiable) {
                // As it should be.
            }
            requireRules(multi, List.of("order.#"));
            produceEach(multi, List.of("order.created", "order.shipped"), brokers.get(1));
        }
    }

    @Test
    @Verifies("M-2")
    default void whatNoRuleMatchesMayGoToAnyBroker() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-2")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.#", "a");
            for (int i = 0; i < 60; i++) {
                multi.produce("user.created", "m-" + i);
            }
            brokers.forEach(it -> multi.require(
                    !it.taken().isEmpty(),
                    "of 60 messages that no rule matches, '%s' took none: the default is all brokers"
                            .formatted(it.name())));
        }
    }

    @Property
    @Verifies("M-2")
    default void anyRulesSetInAnyOrderCountInThatOrder(
            @ForAll(supplier = RoutingPlans.Changing.class) RoutingPlan plan) {
        route("M-2", plan);
    }

    private void route(String rule, RoutingPlan plan) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, rule)) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            List<Routing.Step> steps = new ArrayList<>();
            for (Move move : plan.moves()) {
                if (move.isRule()) {
                    multi.route(move.text(), String.join(",", move.brokers()));
                    steps.add(new Routing.RuleSet(new RoutingRule(TopicPattern.of(move.text()), move.brokers())));
                } else {
                    String id = "m-" + steps.size();
                    multi.produce(move.text(), id);
                    steps.add(new Routing.Routed(id, move.text(), multi.takers(id)));
                }
            }
            multi.judge(new RoutedByRules()
                    .judge(new Routing(
                            brokers.stream().map(ScriptedBroker::name).toList(), steps)));
        }
    }
}
