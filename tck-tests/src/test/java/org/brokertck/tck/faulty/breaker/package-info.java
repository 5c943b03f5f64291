/** Deliberately faulty circuit breakers, each of which a rule must catch. */
@NullMarked
package org.brokertck.tck.faulty.breaker;

import org.jspecify.annotations.NullMarked;
