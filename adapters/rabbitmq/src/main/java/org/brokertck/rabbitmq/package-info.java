/**
 * The message queue over RabbitMQ 3.10 or newer: {@link org.brokertck.rabbitmq.RabbitMqBroker} for production,
 * {@link org.brokertck.rabbitmq.RabbitMqTarget} for the conformance kit.
 *
 * <p>A queue {@code orders} is a durable classic queue {@code orders}, a durable classic queue {@code orders.dlq} for its
 * dead letters and, for each distinct delay between attempts, a quorum queue {@code orders.retry.<milliseconds>} whose
 * messages expire into {@code orders}. The retry queues are quorum queues for their at-least-once dead-lettering: a
 * classic queue hands expired messages over without a confirm, and a server that is killed then loses retries by the
 * thousand. They are left in place when empty, since the server deletes an unused quorum queue on a schedule that
 * neither publishing nor declaring renews, waiting messages included.
 *
 * <p>Bounded capacity is not offered. The server's own length limit counts neither messages in flight nor those that
 * wait for a retry, and would reject the retries and redrives that must never be refused; permits kept beside the
 * queue cannot change in one step with it, so that every lost connection would make the queue smaller or larger for ever.
 *
 * <p>Each queue holds two connections, one that publishes and one that consumes: a server under a memory or disk alarm
 * stops reading from publishers, and must still receive the acknowledgements that end its alarm. Both are reopened here
 * and not by the client library, whose recovery gives up what cannot be declared again at once, and takes no notice of a
 * channel that the server closed.
 */
@NullMarked
package org.brokertck.rabbitmq;

import org.jspecify.annotations.NullMarked;
