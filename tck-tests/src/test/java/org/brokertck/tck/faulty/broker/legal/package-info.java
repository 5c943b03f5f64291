/** Odd but legal message brokers, which no rule may accuse. */
@NullMarked
package org.brokertck.tck.faulty.broker.legal;

import org.jspecify.annotations.NullMarked;
