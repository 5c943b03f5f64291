/** The checks of the partitioned broker on hand-written histories, and against brute force on random ones. */
@NullMarked
package org.brokertck.tck.check.partitioned;

import org.jspecify.annotations.NullMarked;
