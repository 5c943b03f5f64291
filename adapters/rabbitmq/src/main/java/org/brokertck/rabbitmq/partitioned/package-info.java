/**
 * The partitioned broker. Its door is {@link org.brokertck.rabbitmq.RabbitMqBroker}.
 *
 * <p>A partition is a stream (queue type {@code stream}), made when the partition is first used. Its first entry is a header of this
 * adapter, so that no stream is ever empty and its end can be found; the record of offset n is its entry n + 1. A confirm does not
 * tell where a record was put, so each instance reads back what it produces: a produce returns when its record was seen at its place,
 * which settles the outcome too when a confirm was lost.
 *
 * <p>All else that a broker has to remember, its topics, groups, members, commits and dead letters, is written as facts into one more
 * stream, the journal. Every instance reads it from the beginning and applies the facts in their order, and so all come to the same
 * state: which of two creations came first, who is to have which partition, and whether a commit is that of the owner needs no further
 * agreement. A partition changes hands when its owner has written that it let go of it. An instance is there as long as its exclusive
 * queue is; one that stays away is expelled, and starts no handler once others may think so.
 *
 * <p>A confirm does not even tell that a record was put anywhere. When the leader of a stream changes, as it does when a server comes
 * back, a channel of RabbitMQ before 4.0 sends what is unconfirmed again under a wrong number (rabbitmq-server, pull request 12236), and
 * the stream then takes what follows on that channel for duplicates: it confirms and drops them, as many as the numbers lie apart. So
 * whenever something that was sent is not read back in time, or comes back as unroutable, what follows takes a new channel.
 *
 * <p>Nothing is ever taken out of the streams: policies of the server may bound those of the partitions, but never the journal.
 */
@NullMarked
package org.brokertck.rabbitmq.partitioned;

import org.jspecify.annotations.NullMarked;
