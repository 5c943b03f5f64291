/** Random workloads: what jqwik generates, shrinks and replays, and the driver that carries them out. */
@NullMarked
package org.brokertck.tck.workload;

import org.jspecify.annotations.NullMarked;
