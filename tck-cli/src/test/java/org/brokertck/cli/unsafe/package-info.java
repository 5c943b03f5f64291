/**
 * Real brokers, set up as careless code sets them up, and the rules that tell. For each set-up there is a twin that differs in
 * this one habit only and keeps the rule, which proves that the habit is what was caught.
 *
 * <p>Some carelessness cannot be caught here. {@code appendfsync everysec}, and RabbitMQ answering before its disk has written,
 * lose nothing when the server's process is killed: the system still writes what the process handed to it, and only a machine
 * that loses its power forgets. Nor can the loss of a consumer's whole process be shown, since the consumers live in the
 * process of the kit: automatic acknowledgement shows when a consumer is closed and what waited in it is gone, but not when
 * its connection is cut (rule Q-29), for the client library goes on with what it has.
 */
@NullMarked
package org.brokertck.cli.unsafe;

import org.jspecify.annotations.NullMarked;
