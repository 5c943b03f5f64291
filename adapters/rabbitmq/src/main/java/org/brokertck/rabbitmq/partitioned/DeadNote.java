package org.brokertck.rabbitmq.partitioned;

import org.brokertck.api.message.Failure;

/** A record that was set aside. It stays where it is in its partition; this says which one, and why. */
record DeadNote(String group, int partition, long offset, int attempts, Failure failure) {}
