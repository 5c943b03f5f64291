/**
 * How the parts of this adapter talk to a server: connections that recover, confirmed publishing, questions, and messages as AMQP
 * carries them. Public for the other packages of this artifact only; nobody else should use it.
 *
 * <p>Connections are reopened here and not by the client library, whose recovery gives up what cannot be declared again at once, and
 * takes no notice of a channel that the server closed.
 */
@NullMarked
package org.brokertck.rabbitmq.connection;

import org.jspecify.annotations.NullMarked;
