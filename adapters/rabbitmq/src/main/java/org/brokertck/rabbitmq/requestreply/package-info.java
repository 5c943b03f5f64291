/**
 * Request/reply. Its door is {@link org.brokertck.rabbitmq.RabbitMqBroker}.
 *
 * <p>The requests of a topic wait in one classic queue, {@code prices:request:order.price}, which all responders of the topic take
 * from, one request each. It goes with its last responder, so a request to a topic without responders comes back from the server at
 * once, as the message that no queue took. Only a server that was restarted may have such a queue without responders; a request that
 * gets no reply soon has the queue looked at, and deleted if nobody takes from it, which shows for certain that no handler saw the
 * request. Requests that wait when the last responder leaves, or loses its connection, go with the queue and time out.
 *
 * <p>Replies come by the server's direct reply-to, on the very channel that the request was sent on: no request is on its way before
 * its reply can be received, nobody else can, and there is no queue that could be left behind. With that channel the replies to what
 * was pending are lost, and those requests time out. A responder sends the reply and then acknowledges the request, on one channel, so
 * that a request is never gone without its reply having been sent.
 *
 * <p>Requests and replies are not written to disk, and a request expires in the queue when its time is up.
 */
@NullMarked
package org.brokertck.rabbitmq.requestreply;

import org.jspecify.annotations.NullMarked;
