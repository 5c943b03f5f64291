package org.brokertck.api.multibroker;

import java.util.List;
import java.util.Objects;
import org.brokertck.api.pubsub.TopicPattern;

/**
 * Which brokers take which topics.
 *
 * @param pattern the topics
 * @param brokers the names of the brokers, in the order in which they are tried; at least one, none twice
 */
public record RoutingRule(TopicPattern pattern, List<String> brokers) {
    /** Checks the bounds, and copies the list. */
    public RoutingRule {
        Objects.requireNonNull(pattern, "pattern");
        brokers = List.copyOf(Objects.requireNonNull(brokers, "brokers"));
        if (brokers.isEmpty()) {
            throw new IllegalArgumentException("brokers is empty: name at least one broker");
        }
        if (brokers.stream().distinct().count() < brokers.size()) {
            throw new IllegalArgumentException("brokers is " + brokers + ": each may stand there once");
        }
    }

    /**
     * Reads the brokers of a rule as {@link MultiBroker#setRoutingRule} takes them.
     *
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the pattern is none, or the list is empty, has an empty name, or one twice
     */
    public static RoutingRule parse(String pattern, String brokers) {
        TopicPattern topics = TopicPattern.of(pattern);
        List<String> names = List.of(Objects.requireNonNull(brokers, "brokers").split(",", -1)).stream()
                .map(String::strip)
                .toList();
        if (names.contains("")) {
            throw new IllegalArgumentException(
                    "brokers is '" + brokers + "': it must be names separated by single commas, none of them empty");
        }
        return new RoutingRule(topics, names);
    }
}
