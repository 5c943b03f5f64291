package org.brokertck.tck.run;

/**
 * How to run something again as it ran.
 *
 * @param base the command line of the run, without rules and seed, such as {@code ./tck run --target redis}
 * @param seed the seed of the run
 */
public record Replay(String base, String seed) {
    /** The command that runs all of it again. */
    String wholeRun() {
        return base + " --seed " + seed;
    }

    /** The command that runs one rule again. */
    String rule(String ruleId) {
        return base + " --rules " + ruleId + " --seed " + seed;
    }
}
