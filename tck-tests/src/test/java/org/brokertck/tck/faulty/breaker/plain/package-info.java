/** A plain implementation, correct and simple, from which the faulty circuit breakers derive. */
@NullMarked
package org.brokertck.tck.faulty.breaker.plain;

import org.jspecify.annotations.NullMarked;
