package org.brokertck.performance.load;

import org.HdrHistogram.Histogram;

/**
 * What a measurement at a fixed rate found; all times in nanoseconds.
 *
 * @param endToEnd from when a record was to be sent to its arrival
 * @param call how long the sender's calls took
 * @param rate records per second that were really sent: where it is below the one asked for, the candidate cannot keep up
 */
public record Latency(Histogram endToEnd, Histogram call, double rate) {}
