/** Other libraries and brokers as candidates, each as its manual recommends it for the job, with handlers that do as much. */
@NullMarked
package org.brokertck.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
