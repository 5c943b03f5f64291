package org.brokertck.tck.run;

/**
 * How to run a test again as it ran.
 *
 * @param command the command line of the run, without rules and seed, such as {@code ./tck run --target redis}
 * @param seed the seed of the run
 */
public record Replay(String command, String seed) {
    /** The command that runs one rule again. */
    String command(String ruleId) {
        return command + " --rules " + ruleId + " --seed " + seed;
    }
}
