/**
 * Publish/subscribe over the server's own. Each topic is a channel. The server's patterns are globs, so it is given one that takes in
 * more than is wanted, and topics are matched exactly on the client's side. The door is
 * {@link org.brokertck.redis.RedisBroker}.
 */
@NullMarked
package org.brokertck.redis.pubsub;

import org.jspecify.annotations.NullMarked;
