/** The rules of the queue monitor: figures, metrics, alerts and the endpoint. */
@NullMarked
package org.brokertck.tck.monitoring;

import org.jspecify.annotations.NullMarked;
