/** Histories of a partitioned broker told by hand, and the tests of what records real ones. */
@NullMarked
package org.brokertck.tck.history.partitioned;

import org.jspecify.annotations.NullMarked;
