/**
 * Traces of what passes a broker: {@link org.brokertck.telemetry.Tracing} wraps any implementation of the contracts, so that each
 * message is followed from its produce over every attempt to its end. It knows the API of OpenTelemetry alone; which spans are kept
 * and where they go is the business of the SDK that the application sets up.
 */
@NullMarked
package org.brokertck.telemetry;

import org.jspecify.annotations.NullMarked;
