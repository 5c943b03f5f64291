/** A server of requests that exists only as an object: faults of remote instances without a container. */
@NullMarked
package org.brokertck.tck.faulty.requestreply.simulated;

import org.jspecify.annotations.NullMarked;
