/** Odd queues that keep the contract all the same: what the kit says against one of them is a false alarm. */
@NullMarked
package org.brokertck.tck.faulty.queue.legal;

import org.jspecify.annotations.NullMarked;
