package org.brokertck.api.multibroker;

import java.util.List;
import java.util.Map;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;

/**
 * Several brokers behind one interface: rules say which topics go where, a broker that fails is stood in for by the next, what no
 * rule names is balanced, and the health of all is watched. The rules M-1 to M-13 say exactly what a conforming one does. All
 * methods may be called from many threads at once (rule G-4).
 */
public interface MultiBroker extends AutoCloseable {
    /** The name under which it was opened. */
    String name();

    /**
     * Adds a broker, which belongs to this from now on and is closed with it. Its health is looked at once, and all subscriptions
     * are made on it too, within their timeouts (rule M-7); one that is down is added all the same, and joins when it recovers.
     *
     * @param name what rules call it: not blank, without commas and without blanks at its ends
     * @param broker open, and closed by nobody else from now on
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the name is none, or another broker has it (rule M-3); the broker is not added, and
     *     still the caller's
     * @throws ClosedException when this is closed; the broker is still the caller's
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; the broker is added all the same,
     *     as one that is down
     */
    void addBroker(String name, MessageBroker broker);

    /**
     * Sends the topics that a pattern matches to these brokers and no other (rule M-1). Rules are tried in the order in which their
     * patterns were first set; setting a pattern again replaces its rule in place (rule M-2).
     *
     * @param pattern as {@link org.brokertck.api.pubsub.TopicPattern#of} takes it: {@code *} is one word, {@code #} any number
     * @param brokers names of brokers that were added, separated by commas, in the order in which they are tried: the first healthy
     *     one takes the message (rule M-4). Blanks around the commas do not matter
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the pattern is none, the list is empty or has an empty name, or a name is unknown or
     *     stands in it twice (rule M-3); the rules stay as they were
     * @throws ClosedException when this is closed
     */
    void setRoutingRule(String pattern, String brokers);

    /** The rules in the order in which they are tried; unmodifiable. */
    List<RoutingRule> routingRules();

    /**
     * Hands the message to one broker, and returns when that has taken it. The brokers are those of the first rule that matches;
     * without one, all, in turns (rule M-8). Healthy ones come first, degraded ones are next, and those that are unhealthy are tried
     * last, for want of better; a broker whose circuit is open, or on which a subscription to the topic could not be made yet, is
     * passed over. When a broker fails, the next is tried in the same call (rule M-4). A broker that failed without knowing whether
     * it took the message may bring it too: it is handed over at least once.
     *
     * @param topic a topic, as {@link org.brokertck.api.pubsub.TopicPattern#requireTopic} takes it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none
     * @throws BrokerUnavailableException when none took it (rule M-9): the text names each broker with what was wrong, and what each
     *     threw, now or last, is among the suppressed exceptions
     * @throws OperationTimeoutException when none took it, and at least one of them does not know; otherwise as above
     * @throws MessageTooLargeException when every broker that there is for it finds it too large; one that was passed over might have
     *     taken it, so that the message is told as above then
     * @throws ClosedException when this is closed
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; outcome unknown
     */
    void produce(String topic, Message message);

    /**
     * Hears a topic on every broker, whichever takes a message: those there are and those that are added or recover later (rule
     * M-7). That a broker cannot be subscribed to now is no failure of this call. Each broker calls the handler from one thread at a
     * time; two brokers may do so at once.
     *
     * @param topic a topic
     * @param handler may produce, subscribe, and close its own subscription or this
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when the topic is none
     * @throws ClosedException when this is closed
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is subscribed
     */
    TopicSubscription subscribe(String topic, MessageHandler handler);

    /**
     * What the last look at each broker found, by name, in the order in which they were added. Brokers are looked at at every
     * {@link MultiBrokerConfig#healthInterval()}, whether anyone asks or not (rule M-11): this call waits for none (rule M-12).
     * Latency is how long the look took and {@code lastCheck} when it ended, both by this one's clock; errors are those that the broker
     * tells and the looks at it that failed; the rest is what the broker says of itself. One that threw or did not answer in time is
     * unhealthy, with the reason under {@link HealthStatus#CAUSE}. After {@link #close()} all are unhealthy, and what a broker's own close threw stands there.
     */
    Map<String, HealthStatus> brokerHealth();

    /**
     * Tells the listener of every change from one {@link Health} to another, once (rule M-11), each broker's in order, from one thread. What it
     * throws is ignored, and while it hangs it holds up nothing but other listeners.
     *
     * @throws NullPointerException when the listener is null
     * @throws ClosedException when this is closed
     */
    void addHealthListener(HealthListener listener);

    /**
     * Closes every broker, whatever one of them throws (rule M-13), for at most {@link MultiBrokerConfig#drainTimeout()}. Afterwards
     * no thread that this started is left (rule G-10), save those inside a broker that does not answer an interrupt. Closing again
     * does nothing but wait for the same end; called from inside a handler it begins the closing and returns.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: it is closed all the same
     */
    @Override
    void close();
}
