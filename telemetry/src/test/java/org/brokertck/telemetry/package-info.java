/** The spans that traced brokers write, and that a traced reference is still a conforming one. */
@NullMarked
package org.brokertck.telemetry;

import org.jspecify.annotations.NullMarked;
