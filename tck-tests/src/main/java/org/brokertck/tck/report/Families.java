package org.brokertck.tck.report;

import java.util.Map;

/** What the letters before the numbers of the rules stand for. */
final class Families {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("G", "Every interface"),
            Map.entry("Q", "Message queue"),
            Map.entry("P", "Publish/subscribe"),
            Map.entry("L", "Partitioned broker"),
            Map.entry("B", "Message broker"),
            Map.entry("M", "Multi-broker"),
            Map.entry("O", "Monitoring and alerts"),
            Map.entry("E", "Order workflow"),
            Map.entry("V", "Event store"),
            Map.entry("S", "Saga"),
            Map.entry("C", "Commands and queries"),
            Map.entry("D", "Deduplication"),
            Map.entry("R", "Regions"),
            Map.entry("X", "Outbox"),
            Map.entry("Y", "Request/reply"),
            Map.entry("K", "Building blocks"));

    private Families() {}

    /** The title of a family; its letter when it has none. */
    static String title(String letter) {
        return TITLES.getOrDefault(letter, letter);
    }
}
