/** Checks of what a monitor gave out: pure functions on its metrics and on the life of its alerts. */
@NullMarked
package org.brokertck.tck.check.monitoring;

import org.jspecify.annotations.NullMarked;
