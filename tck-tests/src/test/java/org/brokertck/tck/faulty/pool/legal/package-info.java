/** Odd but legal connection pools, with which no rule may find fault. */
@NullMarked
package org.brokertck.tck.faulty.pool.legal;

import org.jspecify.annotations.NullMarked;
