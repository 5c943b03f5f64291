/** Tests of the message broker, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.broker;

import org.jspecify.annotations.NullMarked;
