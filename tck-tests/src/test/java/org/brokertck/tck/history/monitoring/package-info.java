/** Tests of the parser of metrics. */
@NullMarked
package org.brokertck.tck.history.monitoring;

import org.jspecify.annotations.NullMarked;
