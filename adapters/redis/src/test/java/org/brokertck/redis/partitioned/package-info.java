/** Tests of the partitioned broker, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.partitioned;

import org.jspecify.annotations.NullMarked;
