/**
 * How the parts of this adapter talk to a server: connections, scripts, deadlines, and what a failure means. Public for the other
 * packages of this artifact only; nobody else should use it.
 */
@NullMarked
package org.brokertck.redis.connection;

import org.jspecify.annotations.NullMarked;
