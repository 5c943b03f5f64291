/**
 * A plain, simple and correct partitioned broker in memory, whose every decision is a small method: what the faulty and the odd but
 * legal brokers of the kit's own tests are made from.
 */
@NullMarked
package org.brokertck.tck.faulty.partitioned.plain;

import org.jspecify.annotations.NullMarked;
