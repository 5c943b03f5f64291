package org.brokertck.tck.workload.broker;

import java.util.List;

/**
 * What is asked of a multi-broker with the brokers a, b and c.
 *
 * @param moves in order
 */
public record RoutingPlan(List<Move> moves) {
    /**
     * A rule that is set, or a message that is produced.
     *
     * @param text the pattern of the rule, or the topic of the message
     * @param brokers of the rule; empty for a message
     */
    public record Move(String text, List<String> brokers) {
        /** Whether a rule is set. */
        public boolean isRule() {
            return !brokers.isEmpty();
        }

        @Override
        public String toString() {
            return isRule() ? "set '" + text + "' → " + brokers : "produce to '" + text + "'";
        }
    }
}
