/** Random topics, patterns and workloads of publish/subscribe: what jqwik generates, shrinks and replays. */
@NullMarked
package org.brokertck.tck.workload.pubsub;

import org.jspecify.annotations.NullMarked;
