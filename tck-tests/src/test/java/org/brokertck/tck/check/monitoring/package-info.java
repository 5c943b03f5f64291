/** Tests of the checks of metrics and alerts, on what is written by hand. */
@NullMarked
package org.brokertck.tck.check.monitoring;

import org.jspecify.annotations.NullMarked;
