/** A server that exists only as an object, with a link to it that can be cut: faults of remote brokers without a container. */
@NullMarked
package org.brokertck.tck.faulty.queue.simulated;

import org.jspecify.annotations.NullMarked;
