/** How long the kit waits: the one place that all waits and tolerances come from. */
@NullMarked
package org.brokertck.tck.time;

import org.jspecify.annotations.NullMarked;
