/** Queues with one subtle fault each, each naming the rules that must catch it. */
@NullMarked
package org.brokertck.tck.faulty.queue;

import org.jspecify.annotations.NullMarked;
