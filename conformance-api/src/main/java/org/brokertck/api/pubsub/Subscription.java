package org.brokertck.api.pubsub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;

/**
 * What one subscriber receives, in a bounded buffer of its own. Several threads may take from it; each message is taken once.
 * Once the subscription has ended what is buffered can still be taken; after that, takes return empty at once.
 */
public interface Subscription extends AutoCloseable {
    /** The topic or pattern that it was made with. */
    String pattern();

    /**
     * The next message; waits for one as long as the subscription lives.
     *
     * @return empty when the subscription has ended and nothing is buffered any more
     * @throws OperationInterruptedException when the thread is interrupted while it waits; no message is lost by it
     */
    Optional<Message> take();

    /**
     * The next message; waits for one for a while.
     *
     * @param timeout 0 (do not wait) or more
     * @return empty when none came in time, or when the subscription has ended and nothing is buffered any more
     * @throws NullPointerException when the timeout is null
     * @throws IllegalArgumentException when it is negative
     * @throws OperationInterruptedException when the thread is interrupted while it waits; no message is lost by it
     */
    Optional<Message> poll(Duration timeout);

    /** How many messages were dropped because the buffer was full, those freed by {@link EndReason#IDLE} included (rule P-10). */
    long dropped();

    /**
     * How many times the connection to the server was lost and found again: as often as messages may be missing without being
     * counted anywhere (rule P-18). Always 0 where there is no server.
     */
    long gaps();

    /** Why the subscription ended; empty while it lives. What was buffered then may still be there to be taken. */
    default Optional<EndReason> endReason() {
        return Optional.ofNullable(ended().toCompletableFuture().getNow(null));
    }

    /**
     * Completes, never exceptionally, when the subscription has ended. What depends on it runs on the thread that ended it, so
     * it should be short.
     */
    CompletionStage<EndReason> ended();

    /**
     * The subscription as a reactive stream for one subscriber: a message is taken when the subscriber has asked for it, so that
     * back-pressure ends in the buffer, where the overflow policy decides. A second subscriber is refused with
     * {@link IllegalStateException}. Cancelling closes the subscription; its end completes the stream, once what is buffered then
     * has been asked for and handed over. An {@code onNext} that throws cancels, and what it threw goes to its thread's handler of
     * uncaught exceptions. Each call gives a view of its own; views and takers share the messages among them.
     */
    default Flow.Publisher<Message> asPublisher() {
        return new SubscriptionPublisher(this);
    }

    /**
     * Ends the subscription (rule P-11). What is buffered can still be taken; nothing published after this call returned arrives.
     * Idempotent, and allowed from any thread.
     */
    @Override
    void close();
}
