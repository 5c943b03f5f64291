/** The rules of the circuit breaker, one interface a concept, gathered in {@link org.brokertck.tck.resilience.breaker.CircuitBreakerTck}. */
@NullMarked
package org.brokertck.tck.resilience.breaker;

import org.jspecify.annotations.NullMarked;
