/** Partitioned brokers with one subtle fault each, by theme. */
@NullMarked
package org.brokertck.tck.faulty.partitioned;

import org.jspecify.annotations.NullMarked;
