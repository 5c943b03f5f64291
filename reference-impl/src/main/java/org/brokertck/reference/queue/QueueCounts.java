package org.brokertck.reference.queue;

/**
 * What a queue counts for whoever watches it, all of one moment.
 *
 * @param produced messages that were taken, redriven ones not again
 * @param producedBytes of their payloads
 * @param consumed attempts that succeeded
 * @param inFlight handlers that run
 * @param depth messages that wait for their first or next attempt
 */
public record QueueCounts(long produced, long producedBytes, long consumed, long inFlight, long depth) {}
