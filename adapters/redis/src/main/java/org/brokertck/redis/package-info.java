/**
 * The contracts over a Redis server, by Redis Streams and Lua scripts. {@link org.brokertck.redis.RedisBroker} is for use
 * in production, {@link org.brokertck.redis.RedisTarget} shows the same to the conformance kit. One queue is one stream
 * with one consumer group; everything that must change together changes in one script on the server.
 */
@NullMarked
package org.brokertck.redis;

import org.jspecify.annotations.NullMarked;
