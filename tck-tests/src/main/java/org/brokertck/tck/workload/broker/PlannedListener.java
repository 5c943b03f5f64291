package org.brokertck.tck.workload.broker;

/**
 * One subscriber of a workload.
 *
 * @param topic what it hears
 * @param busyMicros how long its handler takes, in microseconds
 * @param failsEach each message with this number among those it has seen, and its multiples, makes its handler throw; 0 for none
 */
public record PlannedListener(String topic, int busyMicros, int failsEach) {}
