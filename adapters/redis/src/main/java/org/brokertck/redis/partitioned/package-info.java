/**
 * The partitioned broker. Each partition is a stream whose ids are the offsets; what a group has handled, who its members are, and
 * who owns which partition is kept on the server, and changes in scripts. No command ever waits on the server: news of records, room
 * and members is pushed, so that a single connection is enough. The door is {@link org.brokertck.redis.RedisBroker}.
 */
@NullMarked
package org.brokertck.redis.partitioned;

import org.jspecify.annotations.NullMarked;
