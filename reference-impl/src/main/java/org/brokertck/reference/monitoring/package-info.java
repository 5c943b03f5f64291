/** The queue monitor: counters under the Prometheus client, alerts as Prometheus knows them, and an endpoint over HTTP. */
@NullMarked
package org.brokertck.reference.monitoring;

import org.jspecify.annotations.NullMarked;
