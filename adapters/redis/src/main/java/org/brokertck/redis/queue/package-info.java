/**
 * The message queue: one stream with one consumer group per queue; everything that must change together changes in one script on the
 * server. Its door is {@link org.brokertck.redis.RedisBroker}.
 */
@NullMarked
package org.brokertck.redis.queue;

import org.jspecify.annotations.NullMarked;
