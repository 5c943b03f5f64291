/** Tests of what runs handlers. */
@NullMarked
package org.brokertck.redis.worker;

import org.jspecify.annotations.NullMarked;
