/** What happened to a publish/subscribe broker, as plain values with monotonic times, and the recorder that writes it down. */
@NullMarked
package org.brokertck.tck.history.pubsub;

import org.jspecify.annotations.NullMarked;
