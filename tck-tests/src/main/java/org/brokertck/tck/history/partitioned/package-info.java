/** What happened to a partitioned broker under test, as plain values, and the wrapper that writes it down. */
@NullMarked
package org.brokertck.tck.history.partitioned;

import org.jspecify.annotations.NullMarked;
