/** Random workloads of the partitioned broker: what jqwik generates, shrinks and replays. */
@NullMarked
package org.brokertck.tck.workload.partitioned;

import org.jspecify.annotations.NullMarked;
