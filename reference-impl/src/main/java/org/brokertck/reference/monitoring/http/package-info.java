/**
 * The monitor over HTTP, with the JDK's own server: {@link org.brokertck.reference.monitoring.http.Endpoints} says what is answered,
 * {@link org.brokertck.reference.monitoring.http.MonitorServer} where. It knows the contract only, and serves any monitor.
 */
@NullMarked
package org.brokertck.reference.monitoring.http;

import org.jspecify.annotations.NullMarked;
