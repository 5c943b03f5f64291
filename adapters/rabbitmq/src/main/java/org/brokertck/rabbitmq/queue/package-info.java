/**
 * The message queue. Its door is {@link org.brokertck.rabbitmq.RabbitMqBroker}.
 *
 * <p>A queue {@code orders} is three durable classic queues: {@code orders} itself, {@code orders:dlq} for its dead
 * letters, and {@code orders:retry} for messages that wait for their next attempt. Each consuming instance takes waiting
 * messages without acknowledging them, up to 20,000 or 64 MiB, and returns each when it is due by a confirmed publish; what
 * waits beyond that is taken as room is made, and may come late. The server's own expiry is not used for the delays: a
 * classic queue hands expired messages over without a confirm, and a server that is killed then loses retries by the
 * thousand; a quorum queue does so safely, but one that was made less than a second before the server was killed may be
 * left without a leader for good, and blocks whoever publishes to it. Delays are by the wall clocks of the instances, and
 * as exact across machines as these agree.
 *
 * <p>A handler that runs for longer than the server's {@code consumer_timeout}, by default half an hour, loses its message
 * to another attempt.
 *
 * <p>Bounded capacity is not offered. The server's own length limit counts neither messages in flight nor those that
 * wait for a retry, and would reject the retries and redrives that must never be refused; permits kept beside the
 * queue cannot change in one step with it, so that every lost connection would make the queue smaller or larger for ever.
 *
 * <p>Each queue holds two connections, one that publishes and one that consumes: a server under a memory or disk alarm
 * stops reading from publishers, and must still receive the acknowledgements that end its alarm.
 */
@NullMarked
package org.brokertck.rabbitmq.queue;

import org.jspecify.annotations.NullMarked;
