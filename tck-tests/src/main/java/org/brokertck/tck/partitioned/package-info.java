/** The rules of the partitioned broker, as tests that any implementation can be put through. */
@NullMarked
package org.brokertck.tck.partitioned;

import org.jspecify.annotations.NullMarked;
