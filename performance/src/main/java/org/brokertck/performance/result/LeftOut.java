package org.brokertck.performance.result;

/**
 * A candidate without figures: not there, or its measurement was thrown away.
 *
 * @param candidate its name
 * @param reason why, in a sentence
 * @param discarded whether it was measured, and lost or doubled records; else it is just not there
 */
public record LeftOut(String candidate, String reason, boolean discarded) {}
