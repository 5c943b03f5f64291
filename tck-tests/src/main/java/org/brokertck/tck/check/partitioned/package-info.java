/** The checks of the partitioned broker: pure functions from a history to a verdict. */
@NullMarked
package org.brokertck.tck.check.partitioned;

import org.jspecify.annotations.NullMarked;
