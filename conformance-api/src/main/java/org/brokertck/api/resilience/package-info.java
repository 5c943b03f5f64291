/**
 * The building blocks of a dependable client: {@link org.brokertck.api.resilience.BatchProcessor}, {@link
 * org.brokertck.api.resilience.ConnectionPool} and {@link org.brokertck.api.resilience.CircuitBreaker}, each with its settings and
 * figures.
 */
@NullMarked
package org.brokertck.api.resilience;

import org.jspecify.annotations.NullMarked;
