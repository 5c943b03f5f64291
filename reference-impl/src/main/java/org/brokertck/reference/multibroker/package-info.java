/** The message broker in memory, and the multi-broker over message brokers of any kind: {@code RoutingMultiBroker}. */
@NullMarked
package org.brokertck.reference.multibroker;

import org.jspecify.annotations.NullMarked;
