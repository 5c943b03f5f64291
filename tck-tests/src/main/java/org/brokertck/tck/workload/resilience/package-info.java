/** Random workloads of the building blocks: what jqwik generates, shrinks and replays. */
@NullMarked
package org.brokertck.tck.workload.resilience;

import org.jspecify.annotations.NullMarked;
