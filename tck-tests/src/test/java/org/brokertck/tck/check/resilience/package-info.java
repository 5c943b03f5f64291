/** The checks and models of the building blocks, on hand-written histories. */
@NullMarked
package org.brokertck.tck.check.resilience;

import org.jspecify.annotations.NullMarked;
