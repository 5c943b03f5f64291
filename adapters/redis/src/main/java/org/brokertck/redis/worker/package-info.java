/**
 * What threads that run users' handlers have in common. Public for the other packages of this artifact only; nobody else should use it.
 */
@NullMarked
package org.brokertck.redis.worker;

import org.jspecify.annotations.NullMarked;
