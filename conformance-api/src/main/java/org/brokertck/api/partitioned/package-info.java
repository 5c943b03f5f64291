/** The partitioned log with consumer groups: {@link org.brokertck.api.partitioned.PartitionedBroker} and its values. */
@NullMarked
package org.brokertck.api.partitioned;

import org.jspecify.annotations.NullMarked;
