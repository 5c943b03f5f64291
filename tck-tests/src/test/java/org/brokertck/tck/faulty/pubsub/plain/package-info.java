/** A plain, correct publish/subscribe broker in which every decision is a method of its own, for variants to get wrong. */
@NullMarked
package org.brokertck.tck.faulty.pubsub.plain;

import org.jspecify.annotations.NullMarked;
