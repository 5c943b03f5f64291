/** Random workloads of request/reply. */
@NullMarked
package org.brokertck.tck.workload.requestreply;

import org.jspecify.annotations.NullMarked;
