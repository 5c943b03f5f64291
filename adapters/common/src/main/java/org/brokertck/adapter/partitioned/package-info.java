/**
 * What an adapter of a partitioned log does on the client's side, whatever the server: it runs the handlers of a partition, retries
 * and gives up, divides partitions among members, and counts.
 */
@NullMarked
package org.brokertck.adapter.partitioned;

import org.jspecify.annotations.NullMarked;
