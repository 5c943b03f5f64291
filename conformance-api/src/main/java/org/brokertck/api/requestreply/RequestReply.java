package org.brokertck.api.requestreply;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.internal.Require;
import org.brokertck.api.message.Message;

/**
 * Request/reply over a broker: a request is sent to a topic, one of the topic's responders answers it, and the reply comes back to
 * whoever asked. Topics are those of publish/subscribe, without patterns. Instances of one name behind one server reach each other's
 * responders; those with different names share nothing (rule G-11). All methods may be called from many threads at once (rule
 * G-4). The rules Y-1, Y-2 and G-1 to G-14 say exactly what a conforming broker does.
 *
 * <p>A request is an attempt, not a delivery: it is handled once where nothing fails, may be handled twice where the connection of a
 * responder is lost, and may have been handled when its requester heard of a timeout.
 */
public interface RequestReply extends AutoCloseable {
    /** The shortest timeout of a request. The longest is 365 days. */
    Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    /** The name under which the instance was opened. */
    String name();

    /**
     * Sends a request and waits for its reply.
     *
     * @param topic a topic, as {@link org.brokertck.api.pubsub.TopicPattern#requireTopic} takes it
     * @param request what is asked; its responder sees it with {@code topic} as its topic, and all else as it is here
     * @param timeout how long the request may take in all, counted from this call; from 1 ms to 365 days
     * @return the reply as the responder gave it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none, or the timeout is out of its bounds
     * @throws MessageTooLargeException when the request is over the stated limits; it is not sent
     * @throws ClosedException when the instance is closed, before the call or while it waits
     * @throws ResponderFailedException when the responder failed at it
     * @throws NoResponderException when nobody responds to the topic; told within the timeout
     * @throws OperationTimeoutException when no reply came in time: the outcome is unknown, and a late reply is discarded
     * @throws OperationInterruptedException when the thread is interrupted while it waits; a late reply is discarded
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    Message request(String topic, Message request, Duration timeout);

    /**
     * Sends a request without waiting for its reply. The future ends within the timeout, with the reply or with what
     * {@link #request} would have thrown; cancelling it abandons the request, and a late reply is discarded. Whether
     * anything else that ends the future from outside does so too is left to the implementation. What depends on the future may run on the thread that ended it, so it should be short.
     *
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none, or the timeout is out of its bounds
     * @throws MessageTooLargeException when the request is over the stated limits; it is not sent
     * @throws ClosedException when the instance is closed before the call
     */
    CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout);

    /**
     * Answers requests of a topic from now on, on a thread of its own. Responders of one topic, of whatever instance, share its
     * requests: each goes to one of them, and n responders work on n requests at once.
     *
     * @param topic a topic, as {@link org.brokertck.api.pubsub.TopicPattern#requireTopic} takes it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none
     * @throws ClosedException when the instance is closed
     * @throws OperationInterruptedException when the thread is interrupted while it waits; nobody responds then
     * @throws BrokerUnavailableException when the server cannot be reached
     * @throws OperationTimeoutException when the server did not answer within {@link RequestReplyConfig#timeout()}
     */
    Responder respond(String topic, RequestHandler handler);

    /** The counters now; also after {@link #close()}, with their last values (rule G-2). Never waits for a server. */
    RequestReplyMetrics metrics();

    /**
     * Ends all requests of this instance that are pending, with {@link ClosedException} and at once, and closes its responders as
     * {@link Responder#close()} does, all of them within one drain timeout. Afterwards no thread of the instance is left (rule
     * G-10). Allowed from any thread. Closing again does nothing but wait for the same end; from inside a handler it begins the
     * closing and returns.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits, which interrupts the handlers too: the
     *     instance is closed all the same
     */
    @Override
    void close();

    /**
     * Checks the timeout of a request, for implementations.
     *
     * @return the timeout
     * @throws NullPointerException when it is null
     * @throws IllegalArgumentException when it is out of its bounds
     */
    static Duration requireTimeout(Duration timeout) {
        Require.duration("timeout", timeout, SHORTEST_TIMEOUT);
        return timeout;
    }
}
