/** A plain implementation, correct and simple, from which the faulty batch processors derive. */
@NullMarked
package org.brokertck.tck.faulty.batch.plain;

import org.jspecify.annotations.NullMarked;
