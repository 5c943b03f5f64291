package org.brokertck.rabbitmq.partitioned;

/**
 * Where a member begins with a partition that it came to own.
 *
 * @param offset of the first record
 * @param attempts how many attempts at that record failed already
 */
record Claim(long offset, int attempts) {}
