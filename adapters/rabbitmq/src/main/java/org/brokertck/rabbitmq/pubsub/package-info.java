/**
 * Publish/subscribe. Its door is {@link org.brokertck.rabbitmq.RabbitMqBroker}.
 *
 * <p>A broker {@code events} is the durable topic exchange {@code events}, with topics as routing keys and patterns as bindings, so
 * that other clients can join in. Each instance has one exclusive queue that the bindings of all its subscriptions lead to; what
 * arrives there is taken at once and copied into the bounded buffer of each subscription that matches, on this side. So the server
 * never drops, a message crosses the network once for each instance, and patterns are judged by the contract's own matcher: a text
 * that does not survive UTF-8 may share a routing key with another one, and still reaches its own subscribers only.
 *
 * <p>A subscription begins with a marker that is sent to the queue behind its new binding: what the queue hands out before the marker
 * was published before. It is not kept on the server: with the connection the queue goes, and what was published until the bindings
 * are there again is missing, which each subscription counts as a gap.
 */
@NullMarked
package org.brokertck.rabbitmq.pubsub;

import org.jspecify.annotations.NullMarked;
