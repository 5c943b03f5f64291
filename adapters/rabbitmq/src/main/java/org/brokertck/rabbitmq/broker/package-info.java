/**
 * The message broker. Its door is {@link org.brokertck.rabbitmq.RabbitMqBroker}.
 *
 * <p>A broker {@code orders} is the durable direct exchange {@code orders:broker}, with topics as routing keys. Each subscription has a
 * durable queue of its own, which keeps what comes while its subscriber is away: a lost connection or a restarted server makes it miss
 * nothing that was confirmed. Messages are persistent, and acknowledged once their handler has ended. What a subscriber had taken and
 * not acknowledged when its connection was lost goes back to its place, so that the order stays; what it had acknowledged and is
 * given again, since that was lost, it knows by its mark.
 *
 * <p>The queue goes with the subscription. One whose subscriber died goes an hour later: long enough for any reconnection, and short
 * enough that what it piles up meanwhile, for nobody, is bounded. A subscriber that was cut off for longer has missed what was
 * produced meanwhile; the log says so.
 *
 * <p>A handler that runs for longer than the server's {@code consumer_timeout}, by default half an hour, is given its message again.
 */
@NullMarked
package org.brokertck.rabbitmq.broker;

import org.jspecify.annotations.NullMarked;
