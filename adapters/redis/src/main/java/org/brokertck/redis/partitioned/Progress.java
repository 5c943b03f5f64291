package org.brokertck.redis.partitioned;

/**
 * How far an owner has come with a partition.
 *
 * @param offset to go on with
 * @param attempts how many attempts at that record failed; 0 when there is nothing to note
 */
record Progress(GroupName group, int partition, String owner, long offset, int attempts) {}
