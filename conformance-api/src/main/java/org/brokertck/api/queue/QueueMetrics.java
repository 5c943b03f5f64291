package org.brokertck.api.queue;

/**
 * What an instance of a queue counted since it was opened. At quiescence the figures are exact (rule Q-18); at any moment
 * {@code consumed + deadLetters + inFlight <= produced} holds on a queue that started empty (rule Q-19).
 *
 * @param produced messages that {@link MessageQueue#produce} took; redriven ones are not counted again
 * @param consumed attempts that succeeded
 * @param failed attempts that failed, those that led to a retry and those that led to a dead letter
 * @param inFlight handlers running now (rule Q-20)
 * @param deadLetters dead letters parked now, whoever parked them
 */
public record QueueMetrics(long produced, long consumed, long failed, long inFlight, long deadLetters) {}
