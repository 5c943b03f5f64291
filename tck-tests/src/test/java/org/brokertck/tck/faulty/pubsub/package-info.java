/** Faulty publish/subscribe brokers, one subtle fault each, by theme. */
@NullMarked
package org.brokertck.tck.faulty.pubsub;

import org.jspecify.annotations.NullMarked;
