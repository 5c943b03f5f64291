package org.brokertck.tck.check.broker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.broker.Routing;
import org.brokertck.tck.history.broker.Routing.Routed;
import org.brokertck.tck.history.broker.Routing.RuleSet;

/**
 * Rules M-1 and M-2: where all brokers work, a message is taken once, by the first broker of the first rule that matches its topic, or
 * by any broker when none does; a pattern that is set again keeps its place.
 */
public final class RoutedByRules implements Check<Routing> {
    @Override
    public Verdict judge(Routing routing) {
        // A map keeps a key where it first stood, as the rule asks.
        Map<TopicPattern, RoutingRule> rules = new LinkedHashMap<>();
        for (Routing.Step step : routing.steps()) {
            if (step instanceof RuleSet set) {
                rules.put(set.rule().pattern(), set.rule());
            } else if (step instanceof Routed routed) {
                Verdict verdict = judge(routing.brokers(), rules, routed);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(List<String> brokers, Map<TopicPattern, RoutingRule> rules, Routed routed) {
        RoutingRule rule = rules.values().stream()
                .filter(it -> it.pattern().matches(routed.topic()))
                .findFirst()
                .orElse(null);
        if (routed.takers().size() != 1) {
            return Verdict.invalid("%s to '%s' was taken by %s, where one broker is due"
                    .formatted(routed.id(), routed.topic(), routed.takers()));
        }
        String taker = routed.takers().get(0);
        boolean right = rule == null
                ? brokers.contains(taker)
                : taker.equals(rule.brokers().get(0));
        return right
                ? Verdict.valid()
                : Verdict.invalid("%s to '%s' was taken by %s, where %s is due; the rules are, in order, %s"
                        .formatted(
                                routed.id(),
                                routed.topic(),
                                taker,
                                rule == null
                                        ? "one of " + brokers
                                        : rule.brokers().get(0) + " by rule '" + rule.pattern() + "'",
                                text(rules)));
    }

    private static String text(Map<TopicPattern, RoutingRule> rules) {
        return rules.values().stream()
                .map(it -> it.pattern() + " → " + it.brokers())
                .toList()
                .toString();
    }
}
