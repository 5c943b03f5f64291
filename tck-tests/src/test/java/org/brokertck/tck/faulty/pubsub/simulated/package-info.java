/** A server of topics that exists only as an object, with links to it that can be cut: faults of remote brokers without a container. */
@NullMarked
package org.brokertck.tck.faulty.pubsub.simulated;

import org.jspecify.annotations.NullMarked;
