package org.brokertck.tck.run;

/**
 * How one rule test ended.
 *
 * @param name the name of its method
 * @param status how it ended
 * @param durationMillis how long it took, in milliseconds
 * @param seed the seed of its random workloads; empty for a scenario
 * @param message what was found, or why it did not run; empty when it passed
 * @param replay the command that runs it again as it ran; empty when it passed
 */
public record TestResult(String name, Status status, long durationMillis, String seed, String message, String replay) {}
