/** Monitoring of queues: {@link org.brokertck.api.monitoring.QueueMonitor}, its figures, its alerts and where it answers over HTTP. */
@NullMarked
package org.brokertck.api.monitoring;

import org.jspecify.annotations.NullMarked;
