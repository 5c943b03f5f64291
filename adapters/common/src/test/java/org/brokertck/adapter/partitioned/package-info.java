/** Tests of the client's side of a partitioned log. */
@NullMarked
package org.brokertck.adapter.partitioned;

import org.jspecify.annotations.NullMarked;
