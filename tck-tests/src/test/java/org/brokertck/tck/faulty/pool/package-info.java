/** Deliberately faulty connection pools, each of which a rule must catch. */
@NullMarked
package org.brokertck.tck.faulty.pool;

import org.jspecify.annotations.NullMarked;
