package org.brokertck.tck.run;

/**
 * How to run something again as it ran.
 *
 * @param base the command line of the run, without what it chose and without its seed, such as {@code ./tck run --target redis}
 * @param choice what the run chose, such as {@code --contract queue --rules G-*}; empty for everything
 * @param seed the seed of the run
 */
public record Replay(String base, String choice, String seed) {
    /** The command that runs all of it again. */
    String wholeRun() {
        return base + (choice.isEmpty() ? "" : " " + choice) + " --seed " + seed;
    }

    /** The command that runs one rule again. */
    String rule(String ruleId) {
        return base + " --rules " + ruleId + " --seed " + seed;
    }
}
