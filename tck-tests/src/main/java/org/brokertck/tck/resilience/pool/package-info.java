/** The rules of the connection pool, one interface a concept, gathered in {@link org.brokertck.tck.resilience.pool.ConnectionPoolTck}. */
@NullMarked
package org.brokertck.tck.resilience.pool;

import org.jspecify.annotations.NullMarked;
