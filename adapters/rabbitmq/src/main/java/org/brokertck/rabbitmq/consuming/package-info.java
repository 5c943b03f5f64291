/**
 * Consumers, whatever they consume for: a {@link org.brokertck.rabbitmq.consuming.ConsumerLoop} is one thread that takes what a
 * {@link org.brokertck.rabbitmq.consuming.Source} gives, over one {@link org.brokertck.rabbitmq.consuming.ConsumerSession} after
 * another, and has it handled and settled by a {@link org.brokertck.rabbitmq.consuming.Handling}.
 */
@NullMarked
package org.brokertck.rabbitmq.consuming;

import org.jspecify.annotations.NullMarked;
