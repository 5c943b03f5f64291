/**
 * The contracts over a Redis server. {@link org.brokertck.redis.RedisBroker} is for use in production,
 * {@link org.brokertck.redis.RedisTarget} shows the same to the conformance kit.
 */
@NullMarked
package org.brokertck.redis;

import org.jspecify.annotations.NullMarked;
