/** Odd but legal multi-brokers, which no rule may accuse. */
@NullMarked
package org.brokertck.tck.faulty.multibroker.legal;

import org.jspecify.annotations.NullMarked;
