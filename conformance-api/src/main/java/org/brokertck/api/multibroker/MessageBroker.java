package org.brokertck.api.multibroker;

import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/**
 * A broker reduced to what every broker has: messages are produced to topics, every subscriber of a topic gets every message at
 * least once and in order per producer (rule B-1), and the broker tells how it is (rule B-2). What it leaves out, retries and dead
 * letters above all, is the subject of {@link org.brokertck.api.queue.MessageQueue}. All methods may be called from many threads at
 * once (rule G-4).
 *
 * <p>Behind a server, instances that were opened with one name share their topics, in whatever process they are. In memory each
 * instance has topics of its own.
 */
public interface MessageBroker extends AutoCloseable {
    /** The name under which the broker was opened. Brokers with different names share nothing (rule G-11). */
    String name();

    /**
     * Gives the message to every subscriber of the topic. That there is none is no error. Messages of one thread, or of several
     * whose calls did not overlap, are handled by each subscriber in the order of these calls, repetitions aside. What arrives
     * carries {@code topic} as its {@link Message#topic()}, 0 as its {@link Message#retries()}, and all else as it was produced.
     *
     * @param topic a topic, as {@link org.brokertck.api.pubsub.TopicPattern#requireTopic} takes it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none; the message is refused
     * @throws MessageTooLargeException when the message is over the stated limits; it is refused
     * @throws QueueFullException when some subscriber had no room within the timeout; the message is refused, for all of them
     * @throws ClosedException when the broker is closed; the message is refused
     * @throws OperationInterruptedException when the thread is interrupted while the call waits
     * @throws BrokerUnavailableException when the server cannot be reached; the message is refused
     * @throws OperationTimeoutException when the server did not confirm within {@link BrokerConfig#produceTimeout()}: outcome
     *     unknown
     */
    void produce(String topic, Message message);

    /**
     * Calls the handler with every message that is produced to the topic after this call returned (one that is produced while it
     * runs, or before, may come too). The handler is called by one thread at a time, and each subscription has its own copy. A
     * message counts as handed over when its handler has ended; until then a failing server or connection brings it again.
     *
     * <p>A handler that throws has had its message: the failure is counted among {@link HealthStatus#errors()}, and the next message
     * follows (rule G-12). The broker may, but need not, hand the message to it again.
     *
     * <p>The subscription ends with its own close or with that of the broker. It outlives the loss and the restart of a server
     * where the target claims {@code RECONNECT} (rule G-14), and then misses nothing that a produce confirmed.
     *
     * @param topic a topic; patterns are the subject of {@link org.brokertck.api.pubsub.PubSubBroker}
     * @param handler may produce, subscribe, and close its own subscription or broker
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none
     * @throws ClosedException when the broker is closed
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is subscribed
     * @throws BrokerUnavailableException when the server cannot be reached; nothing is subscribed
     * @throws OperationTimeoutException when the server did not answer within {@link BrokerConfig#produceTimeout()}; nothing is
     *     subscribed, or whatever the server still makes of it is undone
     */
    TopicSubscription subscribe(String topic, MessageHandler handler);

    /**
     * Looks how the broker is, now, and tells (rule B-2). Asks the server, where there is one, for at most
     * {@link BrokerConfig#healthTimeout()}; no answer within it is an answer too: unhealthy. Never fails for what is wrong with the
     * broker, nor after {@link #close()}, when the answer is unhealthy.
     *
     * @throws OperationInterruptedException when the thread is interrupted while the call waits
     */
    HealthStatus health();

    /**
     * Ends all subscriptions. Running handlers finish, for at most {@link BrokerConfig#drainTimeout()}, after which they are
     * interrupted; no handler starts after this call returned, and what was not handled by then is gone with its subscription.
     * Afterwards no thread of the broker is left (rule G-10). Closing again does nothing but wait for the same end; called from
     * inside a handler it begins the closing and returns.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the broker is closed all the same
     */
    @Override
    void close();
}
