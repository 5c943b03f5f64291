/**
 * Makes any broker of the contracts tell a {@link org.brokertck.api.monitoring.QueueMonitor} what happens in it:
 * {@link org.brokertck.reference.monitoring.watch.BrokerWatch} wraps the broker, and behaves as the broker itself does.
 */
@NullMarked
package org.brokertck.reference.monitoring.watch;

import org.jspecify.annotations.NullMarked;
