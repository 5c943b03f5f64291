/** What a monitor hears of brokers that are watched. */
@NullMarked
package org.brokertck.reference.monitoring.watch;

import org.jspecify.annotations.NullMarked;
