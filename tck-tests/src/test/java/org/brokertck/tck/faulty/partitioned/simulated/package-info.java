/** A server that exists only as an object, with a link to it that can be cut: faults of remote partitioned brokers without a container. */
@NullMarked
package org.brokertck.tck.faulty.partitioned.simulated;

import org.jspecify.annotations.NullMarked;
