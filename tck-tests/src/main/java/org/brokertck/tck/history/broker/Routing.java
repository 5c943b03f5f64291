package org.brokertck.tck.history.broker;

import java.util.List;
import org.brokertck.api.multibroker.RoutingRule;

/**
 * What was asked of a multi-broker all of whose brokers work, step by step.
 *
 * @param brokers the names of all its brokers
 * @param steps in order
 */
public record Routing(List<String> brokers, List<Step> steps) {
    /** Copies the lists. */
    public Routing {
        brokers = List.copyOf(brokers);
        steps = List.copyOf(steps);
    }

    /** One step. */
    public sealed interface Step {}

    /**
     * A rule was set.
     *
     * @param rule as it was given
     */
    public record RuleSet(RoutingRule rule) implements Step {}

    /**
     * A message was produced.
     *
     * @param id its name
     * @param topic where to
     * @param takers the brokers that took it, one name for each time
     */
    public record Routed(String id, String topic, List<String> takers) implements Step {}
}
