package org.brokertck.benchmarks;

/** The guide, with the part that is written by machine. */
final class Guide {
    private static final String BEGIN = "<!-- figures: begin -->\n";
    private static final String END = "<!-- figures: end -->";

    private Guide() {}

    /**
     * The guide with other tables.
     *
     * @throws IllegalArgumentException when it has no markers
     */
    static String with(String guide, String tables) {
        int begin = guide.indexOf(BEGIN);
        int end = guide.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The guide lacks the lines " + BEGIN.strip() + " and " + END);
        }
        return guide.substring(0, begin + BEGIN.length()) + tables.strip() + "\n" + guide.substring(end);
    }
}
