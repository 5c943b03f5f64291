package org.brokertck.benchmarks.topics;

/** The matchers that are compared. */
public enum Matchers {
    /** The reference as its broker uses it: the trie with what it remembers of topics. */
    REFERENCE("in-memory"),
    /** The reference's trie alone. */
    TRIE("in-memory, trie alone"),
    /** Every pattern is tried. */
    LINEAR("linear"),
    /** ActiveMQ Artemis. */
    ARTEMIS("Artemis"),
    /** ActiveMQ. */
    ACTIVEMQ("ActiveMQ"),
    /** HiveMQ, community edition. */
    HIVEMQ("HiveMQ CE");

    private final String title;

    Matchers(String title) {
        this.title = title;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    /** Whether all that it needs is there: HiveMQ's settings name a constant of a large library, which only figures are worth. */
    boolean isThere() {
        try {
            return this != HIVEMQ || Class.forName("org.rocksdb.CompressionType") != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** A fresh one. */
    Matcher open() {
        return switch (this) {
            case REFERENCE -> new RouterMatcher();
            case TRIE -> new TrieMatcher();
            case LINEAR -> new LinearMatcher();
            case ARTEMIS -> new ArtemisMatcher();
            case ACTIVEMQ -> new ActiveMqMatcher();
            case HIVEMQ -> new HiveMqMatcher();
        };
    }
}
