/** Tests of the queue, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.queue;

import org.jspecify.annotations.NullMarked;
