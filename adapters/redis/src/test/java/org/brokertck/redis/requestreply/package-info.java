/** Tests of request/reply, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.requestreply;

import org.jspecify.annotations.NullMarked;
