/**
 * A message broker over lists of the server. Each subscription has a list of its own, its inbox, to which one script adds a message for
 * all subscriptions of a topic, and which one thread reads in its order; what was handled is removed. Who subscribes is known by leases.
 * The door is {@link org.brokertck.redis.RedisBroker}.
 */
@NullMarked
package org.brokertck.redis.broker;

import org.jspecify.annotations.NullMarked;
