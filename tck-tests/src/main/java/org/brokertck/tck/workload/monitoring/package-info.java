/** Random workloads of monitors: what is recorded, under which rules, and when. */
@NullMarked
package org.brokertck.tck.workload.monitoring;

import org.jspecify.annotations.NullMarked;
