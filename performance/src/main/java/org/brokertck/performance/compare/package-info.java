/** Measures candidates beside each other, in turns, so that what the machine does meanwhile strikes all alike. */
@NullMarked
package org.brokertck.performance.compare;

import org.jspecify.annotations.NullMarked;
