package org.brokertck.api.pubsub;

import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;

/**
 * Publish/subscribe with topic routing: a message published to a topic is copied to every subscription whose topic or pattern
 * matches, each of which has a bounded buffer of its own and so never slows a publisher down. {@link TopicPattern} says what
 * topics and patterns are. All methods may be called from many threads at once (rule G-4). The rules P-1 to P-18 and G-1 to
 * G-14 say exactly what a conforming broker does.
 */
public interface PubSubBroker extends AutoCloseable {
    /** The name under which the broker was opened. Brokers with different names share nothing (rule G-11). */
    String name();

    /**
     * Subscribes to one topic. Every message that is published to it after this call returned arrives (rule P-1), nothing
     * that was published before it was called does (rule P-8).
     *
     * @param topic a topic, as {@link TopicPattern#requireTopic} takes it
     * @throws NullPointerException when the topic is null
     * @throws IllegalArgumentException when it is no topic
     * @throws ClosedException when the broker is closed
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is subscribed
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    Subscription subscribe(String topic);

    /**
     * Subscribes to all topics that a pattern matches, as {@link #subscribe} does. A message arrives once, in however many ways
     * the pattern matches its topic (rule P-6). A topic is a pattern too, and matches itself alone.
     *
     * @param pattern a pattern, as {@link TopicPattern#of} takes it
     * @throws NullPointerException when the pattern is null
     * @throws IllegalArgumentException when it is no pattern
     * @throws ClosedException when the broker is closed
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is subscribed
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    Subscription subscribeWithPattern(String pattern);

    /**
     * Copies the message to every subscription that matches, and never waits for one (rule P-9). That nobody subscribed is no
     * error. What arrives carries {@code topic} as its {@link Message#topic()}, and all else as it was published.
     *
     * @param topic a topic, as {@link TopicPattern#requireTopic} takes it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none; the message is refused
     * @throws MessageTooLargeException when the message is over the stated limits; it is refused
     * @throws ClosedException when the broker is closed; the message is refused
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is half done
     * @throws BrokerUnavailableException when the server cannot be reached; the message is refused
     * @throws OperationTimeoutException when the server did not confirm within {@link PubSubConfig#timeout()}: outcome unknown
     */
    void publish(String topic, Message message);

    /**
     * Ends every subscription of this instance that was made with exactly this text, be it a topic or a pattern. What they have
     * buffered can still be taken; nothing published after this call returned arrives (rule P-11). That there is none is no
     * error.
     *
     * @param topic the text as given to {@link #subscribe} or {@link #subscribeWithPattern}
     * @throws NullPointerException when the topic is null
     * @throws IllegalArgumentException when it could never have been subscribed to
     * @throws ClosedException when the broker is closed
     * @throws BrokerUnavailableException when the server cannot be reached; the subscriptions have ended all the same
     */
    void unsubscribe(String topic);

    /** The counters now; also after {@link #close()}, with their last values (rule G-2). Never waits for a server. */
    PubSubMetrics metrics();

    /**
     * Ends all subscriptions (rule P-14): whoever waits in a take hears of the end at once, and what is buffered can still be
     * taken. Afterwards no thread of the broker is left (rule G-10). Closing again does nothing but wait for the same end; a
     * subscriber's {@code onNext} may close its own broker.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the broker is closed all the same
     */
    @Override
    void close();
}
