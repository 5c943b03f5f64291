/** Odd but legal batch processors, with which no rule may find fault. */
@NullMarked
package org.brokertck.tck.faulty.batch.legal;

import org.jspecify.annotations.NullMarked;
