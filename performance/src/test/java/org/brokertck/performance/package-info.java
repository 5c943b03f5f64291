/** Measuring, gathering and showing, tested without a clock where that is possible. */
@NullMarked
package org.brokertck.performance;

import org.jspecify.annotations.NullMarked;
