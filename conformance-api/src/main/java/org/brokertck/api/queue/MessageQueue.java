package org.brokertck.api.queue;

import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/**
 * A work queue: each message is handled successfully by one consumer, is retried with growing delays while handlers fail,
 * and is set aside as a dead letter when its retries are used up. All methods may be called from many threads at once
 * (rule G-4). The rules and G-1 to G-14 say exactly what a conforming queue does.
 */
public interface MessageQueue extends AutoCloseable {
    /** The name under which the queue was opened. Queues with different names share nothing (rule G-11). */
    String name();

    /**
     * Puts a message at the end of the queue. When the call returns, the message is in the queue, and on a durable broker
     * it survives the server's end. Whatever {@link Message#retries()} says, counting starts at 0.
     *
     * <p>On a bounded queue the call waits for room for at most {@link QueueConfig#produceTimeout()}; on a remote broker
     * the same time bounds the wait for the server.
     *
     * @throws NullPointerException when the message is null
     * @throws QueueFullException when no room was made in time; the message is refused
     * @throws MessageTooLargeException when it is over the stated limits; the message is refused
     * @throws ClosedException when the queue is closed before or while the call waits; the message is refused
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is half done
     * @throws BrokerUnavailableException when the server cannot be reached; the message is refused
     * @throws OperationTimeoutException when the server did not confirm in time: outcome unknown
     */
    void produce(Message message);

    /**
     * Starts a consumer and returns at once. The consumer calls the handler for one message after another, never
     * concurrently with itself (rule Q-4); several consumers of one queue compete for its messages (rules ).
     *
     * @return the handle that ends the consumer
     * @throws NullPointerException when the handler is null
     * @throws ClosedException when the queue is closed
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    Consumer consume(MessageHandler handler);

    /** The messages whose retries are used up. The view stays the same one; its operations throw when the queue is closed. */
    DeadLetters deadLetters();

    /**
     * The counters now; also after {@link #close()}, with their last values (rule G-2).
     *
     * @throws BrokerUnavailableException when a figure lives on a server that cannot be reached, while the queue is open
     */
    QueueMetrics metrics();

    /**
     * Closes gracefully: no handler starts any more, running ones finish and their outcome counts, for at most
     * {@link QueueConfig#drainTimeout()}; those still running then are interrupted and their messages stay unsettled. A
     * call that waits in {@link #produce} is refused. Afterwards no thread of the queue is left (rule G-10). What is not
     * settled is kept by a durable broker and gone with any other.
     *
     * <p>Closing again does nothing but wait for the same end. Called from inside a handler of this queue it begins the
     * closing and returns without waiting (rules G-3, Q-28). A handler that closes <em>another</em> queue waits like anyone else:
     * two handlers that close each other's queues wait out their drain timeouts.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the queue is closed all the
     *     same, as though the drain timeout had run out
     */
    @Override
    void close();
}
