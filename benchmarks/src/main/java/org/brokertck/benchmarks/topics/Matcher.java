package org.brokertck.benchmarks.topics;

/**
 * Finds the subscribers of topics. Patterns are written with {@code .}, {@code *} and a {@code #} at the end, and each matcher puts
 * them into its own words; subscribers are numbers.
 */
interface Matcher {
    /** Adds a subscriber. */
    void subscribe(String pattern, int subscriber) throws Exception;

    /** The topic as the matcher wants it; done once, outside of what is measured. */
    default String spelled(String topic) {
        return topic;
    }

    /**
     * Finds the subscribers of a topic.
     *
     * @return how many there are
     */
    int match(String topic) throws Exception;
}
