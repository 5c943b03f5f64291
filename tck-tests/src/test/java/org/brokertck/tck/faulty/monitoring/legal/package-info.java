/** Odd but legal monitors, which every rule must pass. */
@NullMarked
package org.brokertck.tck.faulty.monitoring.legal;

import org.jspecify.annotations.NullMarked;
