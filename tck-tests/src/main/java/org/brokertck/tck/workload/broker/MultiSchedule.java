package org.brokertck.tck.workload.broker;

import java.util.List;

/**
 * What happens to one multi-broker, one step after another, until it is closed.
 *
 * @param threshold after so many failures in a row a circuit opens
 * @param steps what happens
 */
public record MultiSchedule(int threshold, List<MultiStep> steps) {}
