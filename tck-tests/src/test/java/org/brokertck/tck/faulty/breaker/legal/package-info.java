/** Odd but legal circuit breakers, with which no rule may find fault. */
@NullMarked
package org.brokertck.tck.faulty.breaker.legal;

import org.jspecify.annotations.NullMarked;
