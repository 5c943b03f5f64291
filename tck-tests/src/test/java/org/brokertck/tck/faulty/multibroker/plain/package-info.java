/** A correct multi-broker made to be broken. */
@NullMarked
package org.brokertck.tck.faulty.multibroker.plain;

import org.jspecify.annotations.NullMarked;
