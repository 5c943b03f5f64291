package org.brokertck.reference.multibroker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;

/** The rules in order (rules M-1, M-2): immutable, so that whoever looks sees all of them as they were at one moment. */
record RoutingTable(List<RoutingRule> rules) {
    RoutingTable {
        rules = List.copyOf(rules);
    }

    static RoutingTable empty() {
        return new RoutingTable(List.of());
    }

    /** This table with a rule in the place of the one with its pattern, or at the end. */
    RoutingTable with(RoutingRule rule) {
        List<RoutingRule> changed = new ArrayList<>(rules);
        changed.replaceAll(it -> it.pattern().equals(rule.pattern()) ? rule : it);
        if (!changed.contains(rule)) {
            changed.add(rule);
        }
        return new RoutingTable(changed);
    }

    /** The first rule that matches. */
    Optional<RoutingRule> of(String topic) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = TopicPattern.wordsOf(topic);
        return rules.stream().filter(it -> it.pattern().matches(words)).findFirst();
    }
}
