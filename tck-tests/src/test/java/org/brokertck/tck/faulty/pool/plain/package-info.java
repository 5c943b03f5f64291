/** A plain implementation, correct and simple, from which the faulty connection pools derive. */
@NullMarked
package org.brokertck.tck.faulty.pool.plain;

import org.jspecify.annotations.NullMarked;
