/** Deliberately faulty batch processors, each of which a rule must catch. */
@NullMarked
package org.brokertck.tck.faulty.batch;

import org.jspecify.annotations.NullMarked;
