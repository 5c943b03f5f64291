package org.brokertck.redis.partitioned;

/** What to read: a partition, from this offset on, so many records at most. */
record Wanted(String topic, int partition, long from, int most) {}
