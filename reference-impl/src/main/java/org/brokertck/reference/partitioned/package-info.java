/**
 * The reference partitioned broker. {@link org.brokertck.reference.partitioned.InMemoryPartitionedBroker} is the door. Where records
 * flow there is no lock: a {@code Partition} appends to its {@code PartitionLog}, whose {@code Tail} hands out offsets and whose
 * {@code Slots} hold the records; a {@code Worker}, the thread of a {@code Member}, runs its {@code Assignment}s, each of which
 * handles records from the {@code Cursor} of its group on. When there is no room, or records linger, they go through the
 * partition's {@code Intake} and {@code Batch}, under a lock of that partition. All that is rare, such as joining, leaving,
 * dividing the partitions ({@code Balance}) and shutting down ({@code Departure}), happens in {@code Group} under the one lock of
 * {@code Membership}.
 */
@NullMarked
package org.brokertck.reference.partitioned;

import org.jspecify.annotations.NullMarked;
