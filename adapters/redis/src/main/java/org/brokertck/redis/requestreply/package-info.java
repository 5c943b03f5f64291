/**
 * Request/reply over lists of the server. Each topic has a line of requests, from which each responder takes over a connection of its
 * own; each instance has a list of replies, which one thread reads. Who responds is known by leases, so that whoever asks where nobody
 * does is told at once. The door is {@link org.brokertck.redis.RedisBroker}.
 */
@NullMarked
package org.brokertck.redis.requestreply;

import org.jspecify.annotations.NullMarked;
