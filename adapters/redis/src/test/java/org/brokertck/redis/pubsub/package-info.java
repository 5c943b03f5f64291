/** Tests of publish/subscribe, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.pubsub;

import org.jspecify.annotations.NullMarked;
