/**
 * Brokers in containers with the faults that can be injected into them.
 * {@link org.brokertck.containers.ContainerTargets} gives the kit a ready target, and
 * {@link org.brokertck.containers.BrokerContainer} the bare server for a client of one's own.
 */
@NullMarked
package org.brokertck.containers;

import org.jspecify.annotations.NullMarked;
