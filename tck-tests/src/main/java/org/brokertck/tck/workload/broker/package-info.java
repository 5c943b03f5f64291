/** Random workloads of message brokers and multi-brokers. */
@NullMarked
package org.brokertck.tck.workload.broker;

import org.jspecify.annotations.NullMarked;
