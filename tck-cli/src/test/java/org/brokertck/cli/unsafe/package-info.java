/**
 * Real brokers, set up as careless code sets them up, and the rules that tell. For each set-up there is a twin that differs in
 * this one habit only and keeps the rule, which proves that the habit is what was caught.
 *
 * <p>Some carelessness cannot be caught here. {@code appendfsync everysec}, and RabbitMQ answering before its disk has written,
 * lose nothing when the server's process is killed: the system still writes what the process handed to it, and only a machine
 * that loses its power forgets. Nor can the loss of a consumer's whole process be shown, since the consumers live in the
 * process of the kit: a consumer that acknowledges first and takes one message at a time looks safe to it.
 */
@NullMarked
package org.brokertck.cli.unsafe;

import org.jspecify.annotations.NullMarked;
