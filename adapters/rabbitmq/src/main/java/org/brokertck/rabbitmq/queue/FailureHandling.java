package org.brokertck.rabbitmq.queue;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.rabbitmq.connection.EncodedMessage;
import org.brokertck.rabbitmq.connection.HeaderNames;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.MessageCodec;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.brokertck.rabbitmq.connection.Publisher;

/** What follows a failed attempt: a copy of the message that waits for its next one, or a dead letter. */
final class FailureHandling {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Link link;
    private final Topology topology;
    private final Backoff backoff;
    private final Publisher publisher;
    private final Runnable onRetry;

    /**
     * @param link that the publisher publishes over
     * @param onRetry is run when another message waits for its retry
     */
    FailureHandling(Link link, Topology topology, Backoff backoff, Publisher publisher, Runnable onRetry) {
        this.link = link;
        this.topology = topology;
        this.backoff = backoff;
        this.publisher = publisher;
        this.onRetry = onRetry;
    }

    /**
     * Hands the message on, and returns when the server has it.
     *
     * @return whether the original may be acknowledged; otherwise it must return to the queue, for nobody knows whether
     *     the copy is there
     * @throws InterruptedException when the thread is interrupted meanwhile; the original must return likewise
     */
    boolean handOn(Message message, Throwable failure) throws InterruptedException {
        while (true) {
            Publication copy = copy(message, failure);
            publisher.submit(copy);
            switch (await(copy)) {
                case CONFIRMED -> {
                    onRetry.run();
                    return true;
                }
                case UNKNOWN, CLOSED -> {
                    return false;
                }
                // Certainly not stored: the message is still ours, and there is nothing but to try again.
                case REFUSED, UNROUTABLE -> link.pause(PAUSE);
            }
        }
    }

    private Publication copy(Message message, Throwable failure) {
        if (message.retries() >= message.maxRetries()) {
            EncodedMessage letter = DeadLetterCodec.encode(DeadLetter.of(message, failure));
            return new Publication(topology.deadLetters(), letter);
        }
        EncodedMessage next = MessageCodec.encode(message.withRetries(message.retries() + 1));
        Duration delay = backoff.delayAfter(message.retries());
        if (delay.isZero()) {
            return new Publication(topology.name(), next);
        }
        next.headers().put(HeaderNames.DUE, DueTime.after(delay));
        return new Publication(topology.waiting(), next);
    }

    private static Outcome await(Publication copy) throws InterruptedException {
        try {
            return copy.outcome().get();
        } catch (InterruptedException e) {
            copy.withdraw();
            throw e;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
