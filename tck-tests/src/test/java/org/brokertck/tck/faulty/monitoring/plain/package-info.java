/** A monitor written as plainly as can be, with every step open to be done wrongly. */
@NullMarked
package org.brokertck.tck.faulty.monitoring.plain;

import org.jspecify.annotations.NullMarked;
