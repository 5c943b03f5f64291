/** The checks of publish/subscribe on hand-written histories. */
@NullMarked
package org.brokertck.tck.check.pubsub;

import org.jspecify.annotations.NullMarked;
