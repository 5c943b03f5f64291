/** Tests of the connection, those over a server as integration tests. */
@NullMarked
package org.brokertck.redis.connection;

import org.jspecify.annotations.NullMarked;
