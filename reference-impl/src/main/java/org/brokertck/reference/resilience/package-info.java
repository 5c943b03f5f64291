/**
 * The building blocks of a dependable client, each on any {@link org.brokertck.reference.time.TimeSource}: {@link
 * org.brokertck.reference.resilience.OrderedBatchProcessor}, {@link org.brokertck.reference.resilience.FairConnectionPool} and {@link
 * org.brokertck.reference.resilience.CountingCircuitBreaker}. None holds a lock while the user's code runs.
 */
@NullMarked
package org.brokertck.reference.resilience;

import org.jspecify.annotations.NullMarked;
