/**
 * The contracts over RabbitMQ 3.10 or newer: {@link org.brokertck.rabbitmq.RabbitMqBroker} for production,
 * {@link org.brokertck.rabbitmq.RabbitMqTarget} for the conformance kit. Each contract has a package of its own, which says how it
 * uses the server.
 */
@NullMarked
package org.brokertck.rabbitmq;

import org.jspecify.annotations.NullMarked;
