/**
 * A plain, simple and correct queue in memory, whose every decision is a small method: what the faulty and the odd but legal
 * queues of the kit's own tests are made from.
 */
@NullMarked
package org.brokertck.tck.faulty.queue.plain;

import org.jspecify.annotations.NullMarked;
