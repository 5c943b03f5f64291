/** A correct message broker made to be broken, alone or as the client of a simulated server. */
@NullMarked
package org.brokertck.tck.faulty.broker.plain;

import org.jspecify.annotations.NullMarked;
